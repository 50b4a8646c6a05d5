import type { Break } from "../break";
import type { Props } from "../judge";

const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const good = (): Props => Object.fromEntries(settings.map((setting) => [setting, true]));

const rule = "s3-public-access-block-settings";

export const breaks: Break[] = settings.flatMap((setting): Break[] => [
    ...[
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    ].map((type): Break => ({
        rule,
        title: `${setting} false (${type})`,
        fixture: () => ({ type, props: { bucket: "files", ...good() } }),
        at: [setting],
        value: false,
        field: setting,
        absent: "wrong",
    })),
    ...[
        "aws:s3/accessPoint:AccessPoint",
        "aws-native:s3:AccessPoint",
        "aws-native:s3:MultiRegionAccessPoint",
        "aws-native:s3express:AccessPoint",
    ].map((type): Break => ({
        rule,
        title: `${setting} false (${type})`,
        fixture: () => ({ type, props: { bucket: "files", publicAccessBlockConfiguration: good() } }),
        at: ["publicAccessBlockConfiguration", setting],
        value: false,
        field: `publicAccessBlockConfiguration.${setting}`,
        absent: "fine",
    })),
    {
        rule,
        title: `${setting} false (aws-native's bucket)`,
        fixture: () => ({ type: "aws-native:s3:Bucket", props: { publicAccessBlockConfiguration: good() } }),
        at: ["publicAccessBlockConfiguration", setting],
        value: false,
        field: `publicAccessBlockConfiguration.${setting}`,
        absent: "wrong",
    },
    {
        rule,
        title: `${setting} false (multi-region access point)`,
        fixture: () => ({
            type: "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
            props: { details: { name: "files", publicAccessBlock: good() } },
        }),
        at: ["details", "publicAccessBlock", setting],
        value: false,
        field: `details.publicAccessBlock.${setting}`,
        absent: "fine",
    },
]);

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
    {
        rule,
        title: `${setting} false (access point)`,
        fixture: () => ({
            type: "aws:s3/accessPoint:AccessPoint",
            props: { bucket: "files", publicAccessBlockConfiguration: good() },
        }),
        at: ["publicAccessBlockConfiguration", setting],
        value: false,
        field: `publicAccessBlockConfiguration.${setting}`,
        absent: "fine",
    },
]);

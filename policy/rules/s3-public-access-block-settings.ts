import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import type { ResourceRule } from "../lib/rule";

const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const accessPoint = /^(?:aws:s3\/accessPoint:|aws-native:(?:s3:(?:MultiRegion)?AccessPoint|s3express:AccessPoint)$)/;

/** `absent` is what a setting that is not there stands for. */
function checkSettings(block: Field, absent: boolean, judge: Judge): void {
    judge.each(settings, (name) => {
        const setting = block.at(name);
        if (setting.absent && !absent) judge.wrong(setting, "is missing, which is false; it must be true");
        else if (!setting.absent && `${setting.value as boolean}` !== "true")
            judge.wrong(setting, "is false; it must be true");
    });
}

export const s3PublicAccessBlockSettings: ResourceRule = {
    name: "s3-public-access-block-settings",
    description: "Each block of public access, of a bucket, an access point or an account, has all four settings true.",
    severity: "high",
    level: "mandatory",
    references: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "S3.8"],
    remediation: "Set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets to true.",
    check: ({ type, fields }, judge) => {
        if (/^aws:s3\/(?:bucket|account)PublicAccessBlock:/.test(type)) checkSettings(fields, false, judge);
        // An access point blocks public access unless it is told not to.
        if (accessPoint.test(type)) checkSettings(fields.at("publicAccessBlockConfiguration"), true, judge);
        if (type.startsWith("aws:s3control/multiRegionAccessPoint:"))
            checkSettings(fields.at("details", "publicAccessBlock"), true, judge);
        // The rule s3-public-access-block is for a bucket without a block.
        const own = fields.at("publicAccessBlockConfiguration");
        if (type === "aws-native:s3:Bucket" && !own.absent) checkSettings(own, false, judge);
    },
};

import { bucketName, eachBucketHas } from "../lib/aws/bucket-companions";
import type { Field } from "../lib/field";
import type { StackResource } from "../lib/resource";
import type { StackRule } from "../lib/rule";
import type { Stack } from "../lib/stack";

/** The place where a bucket's logs go to. */
function targets({ type, fields }: StackResource): Field[] {
    if (type.startsWith("aws:s3/bucketLogging")) return [fields.at("targetBucket")];
    const known = (field: Field) => !field.unknown;
    const own = ["logging", "loggings", "loggingConfiguration"]
        .map((key) => fields.at(key))
        .filter(known)
        .flatMap((field) => [field, ...field.items]);
    return own
        .filter(known)
        .flatMap((logging) => [logging.at("targetBucket"), logging.at("destinationBucketName")])
        .filter((target) => target.unknown || !target.absent);
}

/** The property that the place is in. */
const top = ({ path }: Field) => path.split(/[.[]/)[0]!;

/** A bucket that takes the logs of others has none of its own: each line would make another. */
function takesNoLogs(stack: Stack): (bucket: StackResource) => boolean {
    const names = new Set<unknown>();
    const sources = new Set<string>();
    for (const resource of stack.ofType(/^(?:aws:s3\/bucket(?:V2|Logging|LoggingV2)?:|aws-native:s3:Bucket$)/)) {
        for (const target of targets(resource)) {
            if (!target.unknown) names.add(target.text);
            else for (const urn of resource.propertyDependencies[top(target)] ?? []) sources.add(urn);
        }
    }
    return (bucket) => {
        const name = bucketName(bucket);
        return !sources.has(bucket.urn) && (name.unknown || name.absent || !names.has(name.text));
    };
}

export const s3AccessLogs: StackRule = {
    name: "s3-access-logs",
    description: "Each bucket logs who reads and writes it, but those that take the logs.",
    severity: "low",
    level: "disabled",
    why: "Many organisations have CloudTrail log the access to objects instead, for the whole account.",
    references: ["CKV_AWS_18", "S3.9"],
    remediation: "Give the bucket a BucketLogging with the bucket that takes the logs.",
    checkStack: eachBucketHas({
        companion: "bucketLogging",
        inCompanion: (fields) => [fields.at("targetBucket")],
        inBucket: {
            logging: (setting) => [setting.at("targetBucket")],
            loggingConfiguration: (setting) => [setting.at("destinationBucketName")],
            loggings: (setting) => setting.items.map((logging) => logging.at("targetBucket")),
        },
        // A target that is not known yet is one all the same.
        isGood: (field) => field.unknown || !(field.absent || field.value === ""),
        problem: "is empty; it must name a bucket",
        missing: "has no access logs; it must have a BucketLogging",
        needs: takesNoLogs,
    }),
};

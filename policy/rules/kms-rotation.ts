import type { Field } from "../lib/field";
import type { ResourceRule } from "../lib/rule";

const isOther = (field: Field, than: string) => !field.absent && field.text?.toUpperCase() !== than;

/** Keys that KMS cannot rotate by itself: not symmetric, of a store of one's own, or with material from elsewhere; and those that are off. */
const cannotRotate = (key: Field) =>
    isOther(key.at("customerMasterKeySpec"), "SYMMETRIC_DEFAULT") ||
    isOther(key.at("keySpec"), "SYMMETRIC_DEFAULT") ||
    isOther(key.at("keyUsage"), "ENCRYPT_DECRYPT") ||
    isOther(key.at("origin"), "AWS_KMS") ||
    Boolean(key.at("customKeyStoreId").value) ||
    Boolean(key.at("xksKeyId").value) ||
    key.at("isEnabled").value === false ||
    key.at("enabled").value === false;

export const kmsRotation: ResourceRule = {
    name: "kms-rotation",
    description: "Each symmetric key of KMS is rotated every year.",
    severity: "medium",
    level: "mandatory",
    references: ["CKV_AWS_7"],
    remediation: "Set enableKeyRotation to true. What was encrypted before can still be read.",
    check: ({ type, fields }, judge) => {
        // A replica is rotated with its primary key; an external key cannot be.
        if (!type.startsWith("aws:kms/key:") && type !== "aws-native:kms:Key") return;
        if (cannotRotate(fields)) return;
        const rotation = fields.at("enableKeyRotation");
        if (rotation.absent) judge.wrong(rotation, "is missing, which is false; it must be true");
        else if (rotation.value !== true) judge.wrong(rotation, "is false; it must be true");
    },
};

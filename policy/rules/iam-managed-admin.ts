import { isAdmin } from "../lib/aws/managed-policies";
import type { Field } from "../lib/field";
import type { ResourceRule } from "../lib/rule";

const attachments = [
    { type: /^aws:iam\/(?:user|role|group)?policyAttachment:/i, key: "policyArn" },
    { type: /^aws:iam\/(?:user|role|group)PolicyAttachmentsExclusive:/, key: "policyArns" },
    { type: /^aws:iam\/role:/, key: "managedPolicyArns" },
    { type: /^aws:ssoadmin\/managedPolicyAttachment:/, key: "managedPolicyArn" },
    { type: /^aws-native:iam:(?:User|Role|Group)$/, key: "managedPolicyArns" },
    { type: /^aws-native:sso:PermissionSet$/, key: "managedPolicies" },
];

export const iamManagedAdmin: ResourceRule = {
    name: "iam-managed-admin",
    description: "No user, role or group has one of AWS's own policies for administrators.",
    severity: "high",
    level: "mandatory",
    references: ["CKV_AWS_274"],
    remediation: "Attach a policy of your own with the actions and resources that are needed.",
    check: ({ type, fields }, judge) => {
        const check = (arn: Field) => {
            if (isAdmin(arn.text ?? ""))
                judge.wrong(arn, "is a policy for administrators; attach one with the rights that are needed");
        };
        judge.each(
            attachments.filter((attachment) => attachment.type.test(type)),
            ({ key }) => {
                const arns = fields.at(key);
                judge.each(Array.isArray(arns.value) ? arns.items : [arns], check);
            },
        );
    },
};

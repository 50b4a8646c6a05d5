import type { Break } from "../break";
import type { Props } from "../judge";
import { textOf, trustStatement } from "../documents";

const good = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

const one = (type: string, key = "policyArn", value = admin): Break => ({
    rule: "iam-managed-admin",
    title: `${value.split("/").at(-1)} (${type})`,
    fixture: () => ({ type, props: { [key]: good } }),
    at: [key],
    value,
    field: key,
    absent: "fine",
});

const many = (type: string, key: string, props: () => Props = () => ({})): Break => ({
    ...one(type, key),
    fixture: () => ({ type, props: { ...props(), [key]: [good] } }),
    at: [key, 1],
    field: `${key}[1]`,
});

const user = "aws:iam/userPolicyAttachment:UserPolicyAttachment";

export const breaks: Break[] = [
    one(user),
    one("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
    one("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"),
    one("aws:iam/policyAttachment:PolicyAttachment"),
    one("aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", "managedPolicyArn"),
    one(user, "policyArn", "arn:aws-cn:iam::aws:policy/PowerUserAccess"),
    one(user, "policyArn", "arn:aws:iam::aws:policy/IAMFullAccess"),
    one(user, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess-Amplify"),
    many("aws:iam/role:Role", "managedPolicyArns", () => ({ assumeRolePolicy: textOf(trustStatement()) })),
    many("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "policyArns"),
    many("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", "policyArns"),
    many("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", "policyArns"),
    many("aws-native:iam:User", "managedPolicyArns"),
    many("aws-native:iam:Role", "managedPolicyArns"),
    many("aws-native:sso:PermissionSet", "managedPolicies"),
];

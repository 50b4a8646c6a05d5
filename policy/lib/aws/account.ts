// To which account and region a resource belongs, as far as a stack tells: by its provider.
import type { Field } from "../field";
import type { StackResource } from "../resource";
import type { Stack } from "../stack";

/** By these settings a provider of aws or aws-native takes another account than that of the environment. */
const choices = [
    "accessKey",
    "allowedAccountIds",
    "assumeRole",
    "assumeRoles",
    "assumeRoleWithWebIdentity",
    "profile",
    "roleArn",
    "secretKey",
    "sharedConfigFiles",
    "sharedCredentialsFile",
    "sharedCredentialsFiles",
    "token",
];

const isGiven = (field: Field) => field.unknown || !(field.absent || field.value === "");

/** The same text for the same account: every provider that chooses none takes that of the environment. */
export function accountOf(stack: Stack, { provider = "" }: StackResource): string {
    const isDefault = provider === "" || /::default(?:_[^:]*)?$/.test(provider);
    const { fields } = stack.find(provider) ?? {};
    const choosesNone = fields ? !choices.some((key) => isGiven(fields.at(key))) : isDefault;
    return isDefault || choosesNone ? "default" : provider;
}

/** The region; empty when only the environment tells it. */
export function regionOf(stack: Stack, { provider = "", fields }: StackResource): string {
    const regions = [fields, stack.find(provider)?.fields].map((from) => from?.at("region"));
    return regions.find((region) => region && !region.unknown && region.text)?.text ?? "";
}

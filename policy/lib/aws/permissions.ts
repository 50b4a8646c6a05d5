// How far a statement's permissions reach: whether it is for every resource of a kind, and whether a condition narrows that.
import { isDefinite } from "./everyone";
import { type Condition, type Statement, textOf } from "./policy-document";
import { fits, isAnything } from "./wildcard";

/** A name that nobody gives: only a wildcard stands for it, and no wildcard of a fixed length. */
export const anyName = "\uE000".repeat(200);

/** Variables are some text, whose colon is none of the ARN's; two of them are an account. */
export const withoutVariables = (arn: string) =>
    arn.replace(/\$\{aws:(?:Principal|Resource)Account\}/gi, "123456789012").replace(/\$\{[^}]*\}/g, "variable");

/** Whether a resource of a statement can be a resource of that name, whatever its region and account: `ssm:document/app`. */
export function canBe(resource: string, wanted: string): boolean {
    const [, , service = "*", , , ...name] = withoutVariables(resource).split(":");
    // `*`, or an ARN that a wildcard cuts short: `arn:aws:*`.
    if (name.length === 0) return resource.endsWith("*") && fits(service, wanted.slice(0, wanted.indexOf(":")));
    return fits(`${service}:${name.join(":")}`, wanted);
}

/** Whether it is every resource of a kind: `*` and `arn:aws:iam::*:role/*` are for `iam:role/`, `role/app-*` is not. */
export const isUnlimited = (resource: string, kind: string) => canBe(resource, `${kind}${anyName}`);

/** Whether it is every resource of a kind in all regions of an account. */
export function isWhole(resource: string, kind: string): boolean {
    const [, , , region = "*", account = "*"] = withoutVariables(resource).split(":");
    return (
        isUnlimited(resource, kind) &&
        [region, account].every((part) => part === "" || part === "*" || /^\d{12}$/.test(part))
    );
}

/** Whether the statement is for every resource of a kind. */
export function forEvery(statement: Statement, kind: string): boolean {
    const resource = statement.part("Resource");
    return resource.absent || statement.resources.some((one) => isUnlimited(textOf(one), kind));
}

const saysWhich = (condition: Condition) => isDefinite(condition) && !condition.values.some(isAnything);

/** Whether a condition on a key for which `isKey` says so narrows the statement. */
export const isNarrowedBy = (statement: Statement, isKey: (key: string) => boolean) =>
    statement.conditions.some((condition) => isKey(condition.key) && saysWhich(condition));

/** `aws:ResourceTag/team`, `ssm:resourceTag/team` */
export const isTagKey = (key: string) => key.includes("resourcetag/");

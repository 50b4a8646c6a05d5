// How far a statement's permissions reach: whether it is for every resource of a kind, and whether a condition narrows that.
import { isDefinite } from "./everyone";
import { type Condition, type Statement, textOf } from "./policy-document";
import { fits, isAnything } from "./wildcard";

/** A name that nobody gives: only a wildcard stands for it, and no wildcard of a fixed length. */
export const anyName = "\uE000".repeat(200);

/** Whether it is every resource of a kind: `*` and `arn:aws:iam::*:role/*` are for `iam:role/`, `role/app-*` is not. */
export function isUnlimited(resource: string, kind: string): boolean {
    const [, , service = "*", , , ...name] = resource.split(":");
    const [wanted] = kind.split(":");
    // `*`, or an ARN that a wildcard cuts short: `arn:aws:*`.
    if (name.length === 0) return resource.endsWith("*") && fits(service, wanted!);
    return fits(`${service}:${name.join(":")}`, `${kind}${anyName}`);
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

// Policy statements that are for everyone, whatever their account: a principal `*` that no condition narrows.
import { bitsOf, rangeOf } from "../cidr";
import type { Judge } from "../judge";
import type { Condition, PolicyDocument, Principal, Statement } from "./policy-document";
import { textOf } from "./policy-document";
import { hasWildcard } from "./wildcard";

/** `*`, and an ARN that leaves the account open. */
function isEveryone({ kind, field }: Principal): boolean {
    const text = textOf(field);
    return text === "*" || (kind.toLowerCase() === "aws" && /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(text));
}

/** Keys whose value the caller cannot choose: who it is, on whose behalf it asks, and from where. */
const keys: Record<string, (value: string) => boolean> = {
    "aws:principalarn": isFixedArn,
    "aws:principalaccount": isFixed,
    "aws:principalorgid": isFixed,
    "aws:principalorgpaths": isFixedUpTo("/"),
    "aws:principalservicename": isFixed,
    "aws:principalservicenameslist": isFixed,
    "aws:userid": isFixedUpTo(":"),
    "aws:sourcearn": isFixedArn,
    "aws:sourceaccount": isFixed,
    "aws:sourceowner": isFixed,
    "aws:sourceorgid": isFixed,
    "aws:sourceorgpaths": isFixedUpTo("/"),
    "aws:sourcevpc": isFixed,
    "aws:sourcevpcarn": isFixedArn,
    "aws:sourcevpce": isFixed,
    "aws:vpceaccount": isFixed,
    "aws:vpceorgid": isFixed,
    "aws:vpceorgpaths": isFixedUpTo("/"),
    "aws:sourceip": isNarrowRange,
    "kms:calleraccount": isFixed,
    "s3:dataaccesspointaccount": isFixed,
    "s3:dataaccesspointarn": isFixedArn,
};

const operators = new Set([
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
    "arnequals",
    "arnlike",
    "ipaddress",
]);

function isFixed(value: string): boolean {
    // The account or organisation of the resource itself is a fixed one; other variables are the caller's own.
    if (/^\$\{aws:resource(?:account|orgid|orgpaths)\}$/i.test(value)) return true;
    return value !== "" && !hasWildcard(value) && !value.includes("${");
}

/** `AROAEXAMPLE:*` is any session of one role, `o-example/r-1/*` any account of one organisation. */
function isFixedUpTo(separator: string): (value: string) => boolean {
    return (value) =>
        isFixed(value) || (value.includes(separator) && isFixed(value.slice(0, value.indexOf(separator))));
}

/** With wildcards in it, it must name the account. */
function isFixedArn(value: string): boolean {
    return isFixed(value) || (value.startsWith("arn:") && isFixed(value.split(":")[4] ?? ""));
}

/** As S3 decides it: a range wider than /8, or /32 of version 6, is everyone's. */
function isNarrowRange(value: string): boolean {
    const range = rangeOf(value);
    return range !== undefined && range.prefix >= (bitsOf(range) === 32 ? 8 : 32);
}

/** Whether a condition says yes to something definite: not when the key is absent, and not by saying no to something else. */
export const isDefinite = ({ operator, qualifier, ifExists, values }: Condition) =>
    operators.has(operator) && qualifier !== "forallvalues" && !ifExists && values.length > 0;

function narrows(condition: Condition): boolean {
    const { key, operator, qualifier, ifExists, values } = condition;
    // A service of AWS by itself.
    if (key === "aws:principalisawsservice") {
        return (
            operator === "bool" && !qualifier && !ifExists && values.every((value) => value.toLowerCase() === "true")
        );
    }
    const isNarrow = Object.hasOwn(keys, key) ? keys[key] : undefined;
    return isNarrow !== undefined && isDefinite(condition) && values.every(isNarrow);
}

/** Whether a Deny is for all callers. */
export const isForEveryone = (statement: Statement) =>
    statement.principals.some(
        ({ kind, field }) => (kind === "*" || kind.toLowerCase() === "aws") && textOf(field) === "*",
    );

const remedy =
    "name accounts, roles or services, or narrow it by a condition such as aws:PrincipalOrgID or aws:SourceArn";

/** Finds each statement of a document that allows something to everyone. */
export function findEveryone(document: PolicyDocument, judge: Judge): void {
    if (document.problem) judge.wrong(document.field, document.problem);
    document.eachAllow(judge, (statement) => {
        const notPrincipal = statement.part("NotPrincipal");
        const open = [
            ...statement.principals.filter(isEveryone).map(({ field }) => field),
            ...(notPrincipal.absent ? [] : [notPrincipal]),
        ];
        if (open.length === 0 || statement.conditions.some(narrows)) return;
        for (const field of open) judge.wrong(field, `lets everyone in, of any account; ${remedy}`);
    });
}

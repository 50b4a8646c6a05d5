import type { Judge } from "../lib/judge";
import { type PolicyDocument, quoted, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";
import { hasWildcard, isAnything } from "../lib/aws/wildcard";

/** `*`, `s3:*`, and a service that is a pattern. */
function isWholeService(action: string): boolean {
    const [service = "", name] = action.split(":");
    return hasWildcard(service) || (name !== undefined && isAnything(name) && name.includes("*"));
}

function checkStatement(statement: Statement, judge: Judge): void {
    judge.each(statement.actions, (action) => {
        if (isWholeService(textOf(action)))
            judge.wrong(
                action,
                `is ${quoted(action)}, every action of a service or more; name the actions that are needed`,
            );
    });
    judge.each(["NotAction", "NotResource"] as const, (name) => {
        const all = statement.part(name);
        if (!all.absent) judge.wrong(all, "allows all but what it names; name what is needed");
    });
}

function checkDocument(document: PolicyDocument, judge: Judge): void {
    if (document.problem) judge.wrong(document.field, document.problem);
    document.eachAllow(judge, (statement) => checkStatement(statement, judge));
}

export const iamWildcards: ResourceRule = {
    name: "iam-wildcards",
    description: "No IAM policy allows all actions of a service, or all but some.",
    severity: "high",
    level: "mandatory",
    references: ["CKV_AWS_62", "CKV_AWS_63", "IAM.1", "IAM.21"],
    remediation: "Name in Action and Resource what is needed; leave NotAction and NotResource to statements that deny.",
    check: eachDocument("identity", checkDocument),
};

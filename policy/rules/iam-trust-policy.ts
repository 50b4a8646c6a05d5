import { findEveryone, isDefinite } from "../lib/aws/everyone";
import type { Judge } from "../lib/judge";
import { type PolicyDocument, type Principal, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import { isSubject, issuerAt } from "../lib/aws/token-issuers";
import type { ResourceRule } from "../lib/rule";

/** `gitlab.com` of `arn:aws:iam::123456789012:oidc-provider/gitlab.com`, and the few that AWS knows by their names. */
function issuerOf({ kind, field }: Principal): string | undefined {
    if (kind.toLowerCase() !== "federated") return undefined;
    const text = textOf(field);
    if (!text.startsWith("arn:")) return text.toLowerCase();
    return /:oidc-provider\/(.+)$/.exec(text)?.[1]?.toLowerCase();
}

/** `gitlab.com` of the key `gitlab.com:sub`; a key of AWS's own has no dot before its colon. */
const issuerOfKey = (key: string) => /^([^:]*\.[^:]*):/.exec(key)?.[1];

/** Whether a condition is on a claim that names the owner of the token, and by text that nobody else's can have. */
function isTied(statement: Statement, address: string): boolean {
    const { owner } = issuerAt(address);
    return statement.conditions.filter(isDefinite).some(({ key, values }) => {
        const of = issuerOfKey(key);
        // A token has no claims of another issuer: then nobody gets in.
        if (of !== undefined && of !== address) return true;
        if (of === undefined && !key.startsWith("sts:")) return false;
        const claim = of === undefined ? key : key.slice(of.length + 1);
        return Object.hasOwn(owner, claim) && values.every((value) => owner[claim]!.test(value) && isSubject(value));
    });
}

function checkDocument(document: PolicyDocument, judge: Judge): void {
    findEveryone(document, judge);
    document.eachAllow(judge, (statement) => {
        // Tags alone, by sts:TagSession, let nobody in.
        if (!statement.byWhich("sts:AssumeRoleWithWebIdentity")) return;
        judge.each(statement.principals, (principal) => {
            const address = issuerOf(principal);
            if (address === undefined || address === "*" || isTied(statement, address)) return;
            judge.wrong(
                principal.field,
                "lets in everyone with a token of this issuer; add a condition StringEquals or StringLike on a claim that names whose " +
                    `it is, with no wildcard before the end of the name: ${issuerAt(address).example}`,
            );
        });
    });
}

export const iamTrustPolicy: ResourceRule = {
    name: "iam-trust-policy",
    description:
        "No role can be taken by everyone: its trust policy names who may, and ties tokens of an OpenID Connect issuer to their holder.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_60", "CKV_AWS_358"],
    remediation:
        "Name accounts, roles or services in Principal; for an issuer add a condition on the claim that names the owner, such as sub " +
        "repo:team/app:*.",
    check: eachDocument("trust", checkDocument),
};

import { findEveryone, isDefinite } from "../lib/aws/everyone";
import type { Judge } from "../lib/judge";
import { type PolicyDocument, type Principal, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";
import { hasWildcard } from "../lib/aws/wildcard";

/** Issuers whose tokens are for everyone's pipelines or pods: that one comes from them, for AWS, says nothing of who holds it. */
const shared =
    /^(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|api\.pulumi\.com|agent\.buildkite\.com|vstoken\.dev\.azure\.com|oidc\.vercel\.com|oidc\.eks\.)/;

/** `gitlab.com` of `arn:aws:iam::123456789012:oidc-provider/gitlab.com`, and the few that AWS knows by their names. */
function issuerOf({ kind, field }: Principal): string | undefined {
    if (kind.toLowerCase() !== "federated") return undefined;
    const text = textOf(field);
    if (!text.startsWith("arn:")) return text.toLowerCase();
    return /:oidc-provider\/(.+)$/.exec(text)?.[1]?.toLowerCase();
}

/** `repo:team/app:*` names somebody; `repo:*` and `repo:te*` do not. */
function namesSomebody(value: string): boolean {
    if (!hasWildcard(value)) return value !== "";
    const named = value.replace(/^(?:system:serviceaccount:|[a-z_]+:(?:\/\/)?)/i, "");
    return /^[^*?:/]+[:/]/.test(named);
}

function isTied(statement: Statement, issuer: string): boolean {
    return statement.conditions.some((condition) => {
        const { key, values } = condition;
        if (!key.startsWith(`${issuer}:`) || !isDefinite(condition)) return false;
        const claim = key.slice(issuer.length + 1);
        // `amr` of Cognito says only whether somebody has logged in.
        if (claim === "amr" || (claim === "aud" && shared.test(issuer))) return false;
        return values.every(namesSomebody);
    });
}

function checkDocument(document: PolicyDocument, judge: Judge): void {
    findEveryone(document, judge);
    document.eachAllow(judge, (statement) => {
        judge.each(statement.principals, (principal) => {
            const issuer = issuerOf(principal);
            if (issuer === undefined || issuer === "*" || isTied(statement, issuer)) return;
            const claim = shared.test(issuer) ? "sub" : "sub or aud";
            judge.wrong(
                principal.field,
                `lets in everyone with a token of this issuer; add a condition StringEquals or StringLike on its ${claim}, ` +
                    "with a value that names who it is",
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
    references: ["CKV_AWS_60", "CKV_AWS_61"],
    remediation:
        "Name accounts, roles or services in Principal; for an issuer add a condition on sub, such as repo:team/app:*.",
    check: eachDocument("trust", checkDocument),
};

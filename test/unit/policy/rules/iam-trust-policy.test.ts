import assert from "node:assert/strict";
import { iamTrustPolicy } from "../../../../policy/rules/iam-trust-policy";
import { breaks } from "../../../support/policy/breaks/iam-trust-policy";
import { deny, saidOf, trustHolders, trustStatement } from "../../../support/policy/documents";
import type { Props } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(iamTrustPolicy, breaks);

const said = saidOf(iamTrustPolicy, trustHolders[0]!);
const provider = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const token = (Federated: string, Condition?: Props) =>
    said(trustStatement({ Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity", Condition })).length;

describe("a trust policy", () => {
    it("may name services, accounts and roles, and an organisation", () => {
        assert.deepEqual(said(trustStatement({ Principal: { Service: ["lambda.amazonaws.com"] } })), []);
        assert.deepEqual(said(trustStatement({ Principal: { AWS: ["123456789012"] } })), []);
        const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
        assert.deepEqual(said(trustStatement({ Principal: { AWS: "*" }, Condition })), []);
        assert.deepEqual(said(deny({ Principal: "*", Action: "sts:AssumeRole" })), []);
        const saml = "arn:aws:iam::123456789012:saml-provider/company";
        assert.deepEqual(said(trustStatement({ Principal: { Federated: saml } })), []);
    });

    it("may not leave the account of a role open", () => {
        assert.equal(said(trustStatement({ Principal: { AWS: "arn:aws:iam::*:role/admin" } })).length, 1);
    });

    it("ties a token of a shared issuer to its holder", () => {
        const github = provider("token.actions.githubusercontent.com");
        const by = (operator: string, value: string | string[], claim = "sub") =>
            token(github, { [operator]: { [`token.actions.githubusercontent.com:${claim}`]: value } });
        assert.equal(token(github), 1);
        assert.equal(by("StringEquals", "repo:team/app:ref:refs/heads/main"), 0);
        assert.equal(by("StringLike", ["repo:team/app:*", "repo:team/*"]), 0);
        assert.equal(by("ForAnyValue:StringLike", "repo:team/app:*"), 0);
        assert.equal(by("StringLike", "team/app/.github/workflows/up.yml@*", "job_workflow_ref"), 0);
        assert.equal(by("StringLike", "repo:*"), 1);
        assert.equal(by("StringLike", "*"), 1);
        assert.equal(by("StringLike", "repo:te*/app:*"), 1);
        assert.equal(by("StringLike", "repo:*/app:*"), 1);
        assert.equal(by("StringLike", ["repo:team/app:*", "repo:*"]), 1);
        assert.equal(by("StringEqualsIfExists", "repo:team/app:*"), 1);
        assert.equal(by("ForAllValues:StringLike", "repo:team/app:*"), 1);
        assert.equal(by("StringNotEquals", "repo:team/app:*"), 1);
        assert.equal(by("StringEquals", "sts.amazonaws.com", "aud"), 1);
    });

    it("ties a token of a cluster to a service account", () => {
        const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
        const by = (claim: string, value: string) =>
            token(provider(issuer), { StringLike: { [`${issuer}:${claim}`]: value } });
        assert.equal(by("sub", "system:serviceaccount:team:app"), 0);
        assert.equal(by("sub", "system:serviceaccount:team:*"), 0);
        assert.equal(by("sub", "system:serviceaccount:*:app"), 1);
        assert.equal(by("sub", "system:*"), 1);
        assert.equal(by("aud", "sts.amazonaws.com"), 1);
    });

    it("ties a token of one's own issuer, or of an app, to its audience", () => {
        const by = (principal: string, key: string) => token(principal, { StringEquals: { [key]: "client" } });
        assert.equal(by(provider("login.example.com"), "login.example.com:aud"), 0);
        assert.equal(by("cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com:aud"), 0);
        assert.equal(by("accounts.google.com", "accounts.google.com:aud"), 0);
        assert.equal(by("graph.facebook.com", "graph.facebook.com:app_id"), 0);
        assert.equal(by("cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com:amr"), 1);
        assert.equal(by(provider("login.example.com"), "other.example.com:aud"), 1);
        assert.equal(token("accounts.google.com"), 1);
    });

    it("names everyone once, not as an issuer too", () => {
        assert.equal(token("*"), 1);
    });
});

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
        assert.equal(token("accounts.google.com"), 1);
    });

    /** Whether a condition on a claim of the issuer's tokens is found to name nobody. */
    const open = (issuer: string, claim: string, value: string, operator = "StringLike") =>
        token(provider(issuer), { [operator]: { [`${issuer}:${claim}`]: value } }) === 1;

    it("is not tied by what others can shape too", () => {
        const github = "token.actions.githubusercontent.com";
        for (const [claim, value] of [
            ["sub", "environment:production"],
            ["sub", "workflow:deploy:repo:team/app:ref:refs/heads/main"],
            ["sub", "ref:refs/heads/main:repo:team/app"],
            ["sub", "*:repo:team/app:*"],
            ["sub", "repo:team*/app:*"],
            ["sub", "repository_owner:team*"],
            ["environment", "production"],
            ["workflow", "deploy"],
            ["ref", "refs/heads/main"],
            ["actor", "somebody"],
            ["repository", "*/app"],
            ["job_workflow_ref", "*/app/.github/workflows/up.yml@*"],
        ] as [string, string][])
            assert.ok(open(github, claim, value), `${claim} ${value}`);
        for (const [claim, value] of [
            ["sub", "repository_owner:team:*"],
            ["sub", "repository_owner_id:4711:repo:*"],
            ["sub", "job_workflow_ref:team/app/.github/workflows/up.yml@refs/heads/main"],
            ["repository", "team/app"],
            ["repository_id", "4711"],
            ["enterprise_id", "42"],
        ] as [string, string][])
            assert.ok(!open(github, claim, value), `${claim} ${value}`);
        assert.ok(!open(`${github}/team`, "sub", "repo:team/app:*"));
    });

    it("is tied to the owner as each issuer writes it", () => {
        const tied: [string, string, string, string][] = [
            ["gitlab.com", "sub", "project_path:team/*:ref_type:branch:ref:main", "project_path:team*:ref:main"],
            ["gitlab.com", "namespace_path", "team", "team*"],
            ["gitlab.com", "namespace_path", "team/*", "*/app"],
            ["app.terraform.io", "terraform_organization_name", "team", "team*"],
            ["app.terraform.io", "sub", "organization:team:project:*", "organization:*:project:app:*"],
            ["app.eu.terraform.io", "sub", "organization:team:*", "organization:team*"],
            ["api.pulumi.com/oidc", "sub", "pulumi:deploy:org:team:project:*", "pulumi:deploy:org:*"],
            ["api.pulumi.com/oidc", "sub", "pulumi:environments:org:team:env:app", "pulumi:environments:org:*:env:app"],
            ["api.pulumi.com/oidc", "aud", "aws:team", "aws:*"],
            ["api.pulumi.com/oidc", "aud", "team", "*"],
            ["agent.buildkite.com", "sub", "organization:team:pipeline:app:*", "organization:*:pipeline:app:*"],
            ["vstoken.dev.azure.com/4711", "sub", "sc://team/app/aws", "sc://*/app/aws"],
            ["oidc.vercel.com", "sub", "owner:team:project:app:*", "owner:*:project:app:*"],
            ["oidc.vercel.com", "aud", "https://vercel.com/team", "https://vercel.com/*"],
            ["oidc.codefresh.io", "sub", "account:4711:pipeline:*", "account:*:pipeline:42:*"],
            ["scalr.io", "sub", "account:team:*", "account:*"],
            ["proidc.upbound.io", "sub", "mcp:team/plane:provider:aws", "mcp:*/plane:provider:aws"],
            ["oidc.circleci.com/org/4711", "sub", "org/4711/project/*", "*"],
            ["oidc.circleci.com/org/4711", "oidc.circleci.com/project-id", "42", "*"],
            ["team.app.spacelift.io", "aud", "team.app.spacelift.io", "*"],
            ["team.auth0.com/", "aud", "4711", "*"],
            ["accounts.google.com", "sub", "4711", "*"],
            [
                "identity.depot.dev",
                "sub",
                "spiffe://identity.depot.dev/org/4711/ci/github/team/app/*",
                "spiffe://identity.depot.dev/org/*",
            ],
            ["federation.namespaceapis.com", "sub", "tenant_4711/*", "*/instance"],
            ["app.devin.ai", "sub", "org_id:4711", "requesting_user_email:someone@example.com"],
            ["api.gitpod.io/idp", "sub", "https://github.com/team/app", "https://github.com/*"],
            ["login.app.env0.com/", "sub", "auth0|4711", "auth0|*"],
            ["issuer.enforce.dev", "sub", "catalog-syncer:4711", "catalog-syncer:*"],
            ["gitlab.example.com", "sub", "project_path:team/*", "project_path:*"],
            [
                "api.bitbucket.org/2.0/workspaces/team/pipelines-config/identity/oidc",
                "sub",
                "{6a1c2f8e-0000-4000-8000-000000000000}*:*",
                "*:*",
            ],
        ];
        for (const [issuer, claim, good, bad] of tied) {
            assert.ok(!open(issuer, claim, good), `${issuer} ${claim} ${good}`);
            assert.ok(open(issuer, claim, bad), `${issuer} ${claim} ${bad}`);
            assert.ok(open(issuer, claim, good, "ForAllValues:StringLike"), `${issuer} for all values`);
        }
    });

    it("is not tied by an audience that whoever asks may choose", () => {
        for (const issuer of [
            "gitlab.com",
            "app.terraform.io",
            "agent.buildkite.com",
            "oidc.codefresh.io",
            "scalr.io",
            "oidc.cirrus-ci.com",
        ])
            assert.ok(open(issuer, "aud", "sts.amazonaws.com"), issuer);
        for (const issuer of ["login.app.env0.com/", "issuer.enforce.dev", "identity.depot.dev"])
            assert.ok(open(issuer, "aud", "client"), issuer);
        assert.ok(open("accounts.google.com", "oaud", "client"));
        assert.ok(open("s3.eu-central-1.amazonaws.com/team-cluster", "aud", "sts.amazonaws.com"));
        assert.ok(open("ci.example.com", "aud", "aws.workload.identity"));
        for (const issuer of [
            "oidc.circleci.com/org/4711",
            "app.harness.io/ng/api/oidc/account/4711",
            "team.app.spacelift.io",
        ]) {
            assert.ok(!open(issuer, "aud", "sts.amazonaws.com"), issuer);
            assert.ok(open(issuer, "aud", "*"), issuer);
        }
    });

    it("ties a token of a cluster of any issuer by namespace and account", () => {
        for (const issuer of [
            "oidc.eks.eu-central-1.amazonaws.com/id/4711",
            "container.googleapis.com/v1/projects/team/locations/europe/clusters/app",
            "oidc.example.com/cluster",
        ]) {
            assert.ok(!open(issuer, "sub", "system:serviceaccount:team:app"), issuer);
            for (const value of ["system:serviceaccount:*:app", "system:serviceaccount:team", "system:*", "*:team:app"])
                assert.ok(open(issuer, "sub", value), `${issuer} ${value}`);
        }
        assert.ok(open("eu.oic.prod-aks.azure.com/tenant/id/", "aud", "sts.amazonaws.com"));
    });

    it("of a service with one tenant for all is tied by its session's name", () => {
        const sentinel = provider("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/");
        const by = (name: string) => token(sentinel, { StringLike: { "sts:RoleSessionName": name } });
        assert.equal(by("MicrosoftSentinel_4711"), 0);
        assert.equal(by("MicrosoftSentinel_*"), 1);
        assert.equal(token(provider("gitlab.com"), { StringEquals: { "sts:RoleSessionName": "app" } }), 1);
    });

    it("lets nobody in by a claim of another issuer, which its tokens do not have", () => {
        const principals = [provider("gitlab.com"), provider("app.terraform.io")];
        const Condition = { StringLike: { "gitlab.com:sub": "project_path:team/*" } };
        const both = { Principal: { Federated: principals }, Action: "sts:AssumeRoleWithWebIdentity", Condition };
        assert.deepEqual(said(trustStatement(both)), []);
        for (const key of ["aws:userid", "sub", "sts:RoleSessionName"])
            assert.equal(said(trustStatement({ ...both, Condition: { StringLike: { [key]: "app" } } })).length, 2, key);
    });

    it("lets nobody in by tags alone", () => {
        const tags = { Principal: { Federated: provider("gitlab.com") }, Action: "sts:TagSession" };
        assert.deepEqual(said(trustStatement(tags)), []);
        assert.equal(said(trustStatement({ ...tags, Action: ["sts:TagSession", "sts:AssumeRole*"] })).length, 1);
    });

    it("names everyone once, not as an issuer too", () => {
        assert.equal(token("*"), 1);
    });
});

import assert from "node:assert/strict";
import { iamWildcards } from "../../../../policy/rules/iam-wildcards";
import { breaks } from "../../../support/policy/breaks/iam-wildcards";
import { deny, holding, identityHolders, identityStatement, saidOf, textOf } from "../../../support/policy/documents";
import { judged, secret, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(iamWildcards, breaks);

const [holder] = identityHolders;
const said = saidOf(iamWildcards, holder!);

describe("wildcards in the actions of a policy", () => {
    it("are found in any spelling", () => {
        for (const Action of ["S3:*", "s3:**", "s3:?*", "**", "*:*", "s*:GetObject", "*:Get*", ["s3:*"]])
            assert.equal(said(identityStatement({ Action })).length, 1, JSON.stringify(Action));
    });

    it("may stand for a part of the actions", () => {
        for (const Action of ["s3:Get*", "s3:*Object", "ec2:Describe*", []])
            assert.deepEqual(said(identityStatement({ Action })), [], JSON.stringify(Action));
    });

    it("may be in a statement that denies", () => {
        assert.deepEqual(said(deny({ Action: "*", Resource: "*" })), []);
        assert.deepEqual(said(deny({ NotAction: "iam:*", NotResource: "*" })), []);
    });

    it("are found beside a statement that is not known", () => {
        const document = { Statement: [unknown, identityStatement({ Action: "*" })] };
        const result = judged(iamWildcards, holding(holder!, document));
        assert.deepEqual(result.unjudged, ["policy.Statement[0]"]);
        assert.equal(result.violations.length, 1);
    });

    it("are not told when the policy is a secret", () => {
        const text = secret(textOf(identityStatement({ Action: "s3:*" })));
        assert.match(
            judged(iamWildcards, holding(holder!, text)).violations.join(),
            /: is a secret value, every action/,
        );
    });

    it("are not looked for in what is no policy", () => {
        assert.match(judged(iamWildcards, holding(holder!, "{")).violations.join(), /^policy: is no valid JSON/);
        for (const type of ["aws:iam/group:Group", "aws:organizations/policy:Policy", "kubernetes:core/v1:Pod"])
            assert.deepEqual(judged(iamWildcards, { type, props: { policy: "{" } }).violations, []);
    });
});

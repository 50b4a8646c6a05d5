import assert from "node:assert/strict";
import { iamEscalation } from "../../../../policy/rules/iam-escalation";
import { breaks } from "../../../support/policy/breaks/iam-escalation";
import { deny, identityHolders, identityStatement, saidOf } from "../../../support/policy/documents";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(iamEscalation, breaks);

const said = saidOf(iamEscalation, identityHolders[0]!);
const on = (Resource: string | string[], Action: string | string[], more = {}) =>
    said(identityStatement({ Action, Resource, ...more })).length;

describe("an escalation of rights", () => {
    it("is found by wildcards in the action, and beside harmless ones", () => {
        const found: [string, string][] = [
            ["*", "iam:Put*Policy"],
            ["*", "iam:*Role*"],
            ["*", "IAM:PASSROLE"],
            ["arn:aws:iam::*:*", "iam:Pass????"],
            ["arn:aws:iam::*:ro*", "iam:PassRole"],
            ["arn:*", "sts:Assume*"],
            ["arn:aws:iam::123456789012:*", "iam:CreatePolicyVersion"],
        ];
        for (const [resource, action] of found) assert.ok(on(resource, action) > 0, `${action} on ${resource}`);
        assert.ok(on("*", "*") > 3);
    });

    it("is found in all actions but some", () => {
        const all = (NotAction: string[]) => said({ Effect: "Allow", NotAction, Resource: "*" }).join();
        assert.match(all(["ec2:*"]), /^policy\.Statement\[0\]\.NotAction: allows iam:PutUserPolicy/);
        assert.doesNotMatch(all(["iam:*", "ec2:*"]), /iam:/);
    });

    it("is none on resources that are named, or of another kind", () => {
        const fine: [string | string[], string][] = [
            ["arn:aws:iam::123456789012:role/app", "iam:PassRole"],
            ["arn:aws:iam::123456789012:role/app-*", "iam:PutRolePolicy"],
            ["arn:aws:iam::*:role/team/*", "sts:AssumeRole"],
            [["arn:aws:lambda:*:*:function:*", "arn:aws:iam::123456789012:role/app"], "iam:PassRole"],
            ["arn:aws:iam::*:group/*", "iam:PassRole"],
            ["arn:aws:lambda:*:*:function:app", "lambda:UpdateFunctionCode"],
        ];
        for (const [resource, action] of fine)
            assert.equal(on(resource, action), 0, `${action} on ${resource.toString()}`);
        for (const action of ["iam:Get*", "iam:List*", "iam:CreateRole", "ssm:DescribeSessions"])
            assert.equal(on("*", action), 0, action);
    });

    it("is one on the caller's own user where that changes its rights, not where it changes its key", () => {
        const own = "arn:aws:iam::*:user/${aws:username}";
        assert.equal(on(own, "iam:CreateAccessKey"), 0);
        assert.equal(on(own, "iam:PutUserPolicy"), 1);
        assert.equal(on(["arn:aws:iam::*:mfa/app", own], "iam:PutUserPolicy"), 1);
    });

    it("is none where a condition limits it", () => {
        const by = (action: string, operator: string, key: string, value: string) =>
            on("*", action, { Condition: { [operator]: { [key]: value } } });
        const boundary = "arn:aws:iam::123456789012:policy/boundary";
        assert.equal(by("iam:PutRolePolicy", "StringEquals", "iam:PermissionsBoundary", boundary), 0);
        assert.equal(by("iam:AttachRolePolicy", "ArnEquals", "iam:PolicyARN", boundary), 0);
        assert.equal(by("sts:AssumeRole", "StringEquals", "iam:ResourceTag/team", "a"), 0);
        assert.equal(by("ssm:StartSession", "StringLike", "ssm:resourceTag/team", "a"), 0);
        assert.equal(by("iam:AttachRolePolicy", "ArnNotEquals", "iam:PolicyARN", boundary), 1);
        assert.equal(by("iam:PutRolePolicy", "StringEqualsIfExists", "iam:PermissionsBoundary", boundary), 1);
        assert.equal(by("iam:PutRolePolicy", "StringLike", "iam:PermissionsBoundary", "*"), 1);
        assert.equal(by("iam:PutRolePolicy", "Bool", "aws:MultiFactorAuthPresent", "true"), 1);
    });

    it("by a role that is passed to a service needs a right to run something there", () => {
        const pass = identityStatement({
            Action: "iam:PassRole",
            Resource: "*",
            Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        });
        assert.deepEqual(said(pass), []);
        assert.equal(said(pass, identityStatement({ Action: "ec2:Run*", Resource: "*" })).length, 1);
        assert.deepEqual(said(pass, deny({ Action: "ec2:RunInstances", Resource: "*" })), []);
    });

    it("is none that the document denies for good", () => {
        const put = identityStatement({ Action: "iam:PutRolePolicy", Resource: "*" });
        const no = (more = {}) => deny({ Action: "iam:*", Resource: "*", ...more });
        assert.deepEqual(said(put, no()), []);
        assert.deepEqual(said(put, no({ Resource: ["arn:aws:iam::123456789012:role/admin", "*"] })), []);
        assert.deepEqual(said(put, no({ Condition: { StringNotEquals: { "iam:PermissionsBoundary": "arn" } } })), []);
        assert.equal(said(put, no({ Resource: "arn:aws:iam::123456789012:role/admin" })).length, 1);
        assert.equal(said(put, no({ Condition: { Bool: { "aws:SecureTransport": "false" } } })).length, 1);
        assert.equal(said(put, no({ Action: "iam:Delete*" })).length, 1);
    });
});

import assert from "node:assert/strict";
import { iamEscalation } from "../../../../policy/rules/iam-escalation";
import { deny, identityHolders, identityStatement, saidOf } from "../../../support/policy/documents";
import type { Props } from "../../../support/policy/judge";

const said = saidOf(iamEscalation, identityHolders[0]!);
const on = (Resource: string | string[], Action: string | string[], more = {}) =>
    said(identityStatement({ Action, Resource, ...more })).length;

describe("an escalation of rights that is limited", () => {
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

    it("is none where the value of a condition says what may be done", () => {
        const by = (Action: string | string[], key: string, value: string | string[]) =>
            on("*", Action, { Condition: { StringLike: { [key]: value } } });
        assert.equal(
            by("cloudformation:UpdateStack", "cloudformation:TemplateUrl", "https://s3.amazonaws.com/team/*"),
            0,
        );
        assert.equal(by("cloudformation:UpdateStack", "cloudformation:TemplateUrl", "*"), 1);
        const modify = ["ec2:ModifyInstanceAttribute", "ec2:StartInstances"];
        assert.equal(by(modify, "ec2:Attribute", "InstanceType"), 0);
        assert.equal(by(modify, "ec2:Attribute", ["InstanceType", "UserData"]), 1);
        assert.equal(by("ecs:ExecuteCommand", "ecs:container-name", "debug"), 0);
        const clusterPolicy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
        assert.equal(by("eks:AssociateAccessPolicy", "eks:policyArn", clusterPolicy("AmazonEKSViewPolicy")), 0);
        for (const name of ["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy", "*"])
            assert.equal(by("eks:AssociateAccessPolicy", "eks:policyArn", clusterPolicy(name)), 1, name);
        assert.equal(by("eks:AssociateAccessPolicy", "eks:accessScope", "namespace"), 1);
    });

    it("by a policy to attach, or by a boundary, depends on which", () => {
        const by = (key: string, value: string | string[], Action = "iam:AttachRolePolicy") =>
            on("*", Action, { Condition: { ArnLike: { [key]: value } } });
        const own = "arn:aws:iam::123456789012:policy/";
        const aws = "arn:aws:iam::aws:policy/";
        for (const policy of [`${own}read`, `${own}app-*`, `${own}AdministratorAccess`, `${aws}AmazonS3ReadOnlyAccess`])
            assert.equal(by("iam:PolicyARN", policy), 0, policy);
        for (const policy of [
            `${aws}AdministratorAccess`,
            `${aws}PowerUserAccess`,
            "arn:aws-cn:iam::aws:policy/IAMFullAccess",
            `${aws}AWSLambda_FullAccess`,
            `${aws}service-role/*`,
            `${aws}*`,
            `${aws}A*`,
            `${own}*`,
            "arn:aws:iam::*:policy/*",
            "arn:aws:iam::*:policy/Admin*",
            "arn:aws:iam::${aws:PrincipalAccount}:policy/*",
            "*AdministratorAccess",
            "*",
        ])
            assert.equal(by("iam:PolicyARN", policy), 1, policy);
        assert.equal(by("iam:PolicyARN", [`${own}read`, `${aws}AdministratorAccess`]), 1);
        assert.equal(by("iam:PermissionsBoundary", `${own}boundary`, "iam:PutRolePolicy"), 0);
        assert.equal(by("iam:PermissionsBoundary", `${aws}AdministratorAccess`, "iam:PutRolePolicy"), 1);
        assert.equal(by("iam:PermissionsBoundary", `${own}boundary`, "iam:DeleteRolePermissionsBoundary"), 1);
        // A key that the action does not have: the statement never holds.
        assert.equal(by("iam:PolicyARN", `${aws}AdministratorAccess`, "iam:PutRolePolicy"), 0);
    });

    it("by a command or a session depends on the document", () => {
        const machines = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:managed-instance/*"];
        const document = (name: string) => `arn:aws:ssm:eu-central-1:123456789012:document/${name}`;
        const send = (...documents: string[]) => on([...machines, ...documents], "ssm:SendCommand");
        assert.equal(send(document("RestartService")), 0);
        assert.equal(send("arn:aws:ssm:*:${aws:PrincipalAccount}:document/RestartService"), 0);
        assert.equal(send("arn:aws:ssm:*::document/AWS-RunPatchBaseline"), 0);
        assert.equal(send("arn:aws:ssm:*::document/AWS-RunShellScript"), 1);
        assert.equal(send(document("RestartService"), "arn:aws:ssm:*:*:document/AWS-Run*"), 1);
        assert.equal(send("arn:aws:ssm:*:*:document/*"), 1);
        assert.equal(send(), 1);
        const apart = (name: string) =>
            said(
                identityStatement({ Action: "ssm:SendCommand", Resource: machines }),
                identityStatement({ Action: "ssm:SendCommand", Resource: document(name) }),
            ).length;
        assert.equal(apart("RestartService"), 0);
        assert.equal(apart("*"), 1);
        const start = (Condition?: Props) => on([...machines, document("Restart")], "ssm:StartSession", { Condition });
        assert.equal(start(), 1);
        assert.equal(start({ BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } }), 0);
    });

    it("is none that the document denies for good", () => {
        const put = identityStatement({ Action: "iam:PutRolePolicy", Resource: "*" });
        const no = (more = {}) => deny({ Action: "iam:*", Resource: "*", ...more });
        assert.deepEqual(said(put, no()), []);
        assert.deepEqual(said(put, no({ Resource: ["arn:aws:iam::123456789012:role/admin", "*"] })), []);
        assert.deepEqual(said(put, no({ Resource: "arn:aws:iam::*:role/*" })), []);
        assert.deepEqual(said(put, no({ Resource: "arn:aws:iam::${aws:PrincipalAccount}:role/*" })), []);
        assert.equal(said(put, no({ Resource: "arn:aws:iam::123456789012:role/admin" })).length, 1);
        assert.equal(said(put, no({ Condition: { Bool: { "aws:SecureTransport": "false" } } })).length, 1);
        assert.equal(said(put, no({ Action: "iam:Delete*" })).length, 1);
        const boundary = "arn:aws:iam::123456789012:policy/boundary";
        const without = (operator: string, arn = boundary) =>
            said(put, no({ Condition: { [operator]: { "iam:PermissionsBoundary": arn } } })).length;
        assert.equal(without("StringNotEquals"), 0);
        assert.equal(without("ArnNotLike"), 0);
        assert.equal(without("StringEquals"), 1);
        assert.equal(without("ForAnyValue:StringNotEquals"), 1);
        assert.equal(without("StringNotLike", "*"), 1);
        const andMore = {
            StringNotEquals: { "iam:PermissionsBoundary": boundary },
            Bool: { "aws:ViaAWSService": "false" },
        };
        assert.equal(said(put, no({ Condition: andMore })).length, 1);
    });

    it("is none that the document denies on all but what it names", () => {
        const but = (NotResource: string | string[], action = "iam:PassRole") =>
            said(
                identityStatement({ Action: action, Resource: "*" }),
                deny({ Action: ["iam:PassRole", "iam:Put*"], NotResource }),
            ).length;
        assert.equal(but("arn:aws:iam::123456789012:role/app-*"), 0);
        assert.equal(but(["arn:aws:iam::123456789012:role/app", "arn:aws:iam::*:user/*"]), 0);
        assert.equal(but("arn:aws:iam::123456789012:role/*"), 1);
        assert.equal(but(["arn:aws:iam::123456789012:role/app", "*"]), 1);
        assert.equal(but("arn:aws:iam::*:user/${aws:username}"), 0);
        assert.equal(but("arn:aws:iam::*:user/${aws:username}", "iam:PutUserPolicy"), 1);
        assert.equal(but("arn:aws:iam::123456789012:role/app-*", "iam:AttachRolePolicy"), 1);
    });
});

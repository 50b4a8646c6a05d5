import assert from "node:assert/strict";
import { iamResourceWildcards } from "../../../../policy/rules/iam-resource-wildcards";
import { breaks } from "../../../support/policy/breaks/iam-resource-wildcards";
import { deny, identityHolders, identityStatement, saidOf } from "../../../support/policy/documents";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(iamResourceWildcards, breaks);

const said = saidOf(iamResourceWildcards, identityHolders[0]!);
const on = (Resource: string | string[], Action: string | string[], more = {}) =>
    said(identityStatement({ Action, Resource, ...more })).length;

describe("a policy for every resource", () => {
    it("is fine for actions that cannot be limited", () => {
        const actions = [
            "ec2:Describe*",
            "s3:ListAllMyBuckets",
            "sts:GetCallerIdentity",
            "ecr:GetAuthorizationToken",
            "logs:CreateLogGroup",
            "cloudwatch:PutMetricData",
            "kms:ListKeys",
            "sns:Publish",
            "ssm:DescribeParameters",
        ];
        for (const action of actions) assert.equal(on("*", action), 0, action);
    });

    it("is found by wildcards in the action and in the resource", () => {
        const found: [string | string[], string][] = [
            ["*", "s3:Get*"],
            ["arn:aws:s3:::*", "s3:GetObject"],
            [["arn:aws:s3:::files", "arn:aws:s3:::*"], "s3:GetObject"],
            ["arn:aws:s3:::*/*", "S3:PUTOBJECT"],
            ["arn:aws:s3:::*", "s3:List*"],
            ["arn:aws:*", "dynamodb:Query"],
            ["arn:aws:dynamodb:*:*:table/*", "dynamodb:*Item"],
            ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:*", "secretsmanager:GetSecretValue"],
            ["arn:aws:ssm:*:*:*", "ssm:GetParameter*"],
            ["arn:aws:sqs:*:*:*", "sqs:SendMessage"],
        ];
        for (const [resource, action] of found)
            assert.equal(on(resource, action), 1, `${action} on ${resource.toString()}`);
    });

    it("is not one that names its resources, or those of another service", () => {
        const fine: [string | string[], string][] = [
            ["arn:aws:s3:::files/*", "s3:GetObject"],
            ["arn:aws:s3:::team-*", "s3:ListBucket"],
            ["arn:aws:dynamodb:*:*:table/orders", "dynamodb:Query"],
            ["arn:aws:secretsmanager:*:*:secret:team/*", "secretsmanager:GetSecretValue"],
            [["arn:aws:lambda:*:*:function:*", "arn:aws:kms:*:*:key/1234"], "kms:Decrypt"],
            ["arn:aws:s3:*", "kms:Decrypt"],
        ];
        for (const [resource, action] of fine)
            assert.equal(on(resource, action), 0, `${action} on ${resource.toString()}`);
    });

    it("may be narrowed by a condition on the resource, not by one on the caller's way in", () => {
        const by = (operator: string, key: string, value: string | string[] = "team") =>
            on("*", "kms:Decrypt", { Condition: { [operator]: { [key]: value } } });
        assert.equal(by("StringEquals", "kms:ViaService"), 0);
        assert.equal(by("StringEquals", "aws:ResourceTag/team"), 0);
        assert.equal(by("StringEquals", "aws:ResourceAccount"), 0);
        assert.equal(by("StringLike", "kms:ResourceAliases", "*"), 1);
        assert.equal(by("StringLike", "kms:ResourceAliases", ["alias/team", "*"]), 1);
        assert.equal(by("StringNotEquals", "aws:ResourceTag/team"), 1);
        assert.equal(by("StringEquals", "aws:RequestedRegion"), 1);
        assert.equal(by("Bool", "aws:SecureTransport"), 1);
    });

    it("is left to the rule iam-wildcards where it allows every action, and fine where it denies", () => {
        assert.equal(on("*", ["*", "s3:*"]), 0);
        assert.deepEqual(said(deny({ Action: "s3:GetObject", Resource: "*" })), []);
    });
});

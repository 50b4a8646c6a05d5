import assert from "node:assert/strict";
import { iamEscalation } from "../../../../policy/rules/iam-escalation";
import { breaks } from "../../../support/policy/breaks/iam-escalation";
import { deny, identityHolders, identityStatement, saidOf } from "../../../support/policy/documents";
import type { Props } from "../../../support/policy/judge";
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
            ["arn:aws:iam::${aws:PrincipalAccount}:role/*", "iam:PassRole"],
            ["arn:aws:lambda:${aws:RequestedRegion}:123456789012:function:*", "lambda:UpdateFunctionCode"],
        ];
        for (const [resource, action] of found) assert.ok(on(resource, action) > 0, `${action} on ${resource}`);
    });

    it("is one violation at one place, however many ways there are", () => {
        const [violation, ...others] = said(identityStatement({ Action: "*", Resource: "*" }));
        assert.deepEqual(others, []);
        assert.match(violation!, /^policy\.Statement\[0\]\.Action: allows iam:PutUserPolicy, .*; and \d+ more ways; /);
        assert.equal(on("*", ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy"]), 2);
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
            ["arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/team}-*", "iam:PassRole"],
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

    it("is the identity of somebody else, in the account or in its organisation", () => {
        for (const action of [
            "iam:ResetServiceSpecificCredential",
            "iam:UploadSSHPublicKey",
            "sso:DeletePermissionsBoundaryFromPermissionSet",
            "sso-directory:UpdatePassword",
            "sts:AssumeRoot",
        ])
            assert.equal(on("*", action), 1, action);
        const own = "arn:aws:iam::*:user/${aws:username}";
        assert.equal(on(own, ["iam:ResetServiceSpecificCredential", "iam:UploadSSHPublicKey"]), 0);
        const task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
        const Condition = { StringEquals: { "sts:TaskPolicyArn": task } };
        assert.equal(on("*", "sts:AssumeRoot", { Condition }), 0);
    });

    const pass = (Condition?: Props, Resource = "*") => on(Resource, "iam:PassRole", { Condition });
    const to = (services: string | string[], operator = "StringEquals") =>
        pass({ [operator]: { "iam:PassedToService": services } });

    it("is a role that is passed on, but to services that do one thing of their own with it", () => {
        assert.equal(to("monitoring.rds.amazonaws.com"), 0);
        assert.equal(to(["vpc-flow-logs.amazonaws.com", "Cloudtrail.amazonaws.com"], "StringLike"), 0);
        assert.equal(to("application-autoscaling.amazonaws.com.cn", "StringEqualsIgnoreCase"), 0);
        assert.equal(to("logs.eu-central-1.amazonaws.com"), 0);
        assert.equal(to(["logs.*.amazonaws.com", "application-autoscaling.amazonaws.com*"], "StringLike"), 0);
        assert.equal(to("*.amazonaws.com", "StringLike"), 1);
        assert.equal(to("logs.*", "StringLike"), 1);
        for (const service of [
            "ec2",
            "lambda",
            "tasks.apprunner",
            "glue",
            "cloudformation",
            "batch",
            "pods.eks",
            "states",
        ])
            assert.equal(to(`${service}.amazonaws.com`), 1, service);
        assert.equal(to(["monitoring.rds.amazonaws.com", "ec2.amazonaws.com"]), 1);
        assert.equal(to("*.amazonaws.com", "StringLike"), 1);
        assert.equal(to("something-new.amazonaws.com"), 1);
    });

    it("is a role that is passed on, whatever the operator says but yes", () => {
        for (const operator of [
            "StringNotEquals",
            "StringEqualsIfExists",
            "ForAllValues:StringEquals",
            "StringNotLike",
            "Null",
        ])
            assert.equal(to("monitoring.rds.amazonaws.com", operator), 1, operator);
        assert.equal(pass({ StringEquals: { "aws:RequestedRegion": "eu-central-1" } }), 1);
        assert.equal(pass({ ArnLike: { "iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/*" } }), 1);
        // As the guide of IAM says of PassRole.
        assert.equal(pass({ StringEquals: { "iam:ResourceTag/team": "app" } }), 1);
        assert.equal(pass(undefined, "arn:aws:iam::123456789012:role/app"), 0);
    });

    it("is a role that is passed on, but where a Deny leaves such services only", () => {
        const all = identityStatement({ Action: "iam:PassRole", Resource: "*" });
        const but = (operator: string, service: string, Resource = "*") =>
            said(
                all,
                deny({ Action: "iam:Pass*", Resource, Condition: { [operator]: { "iam:PassedToService": service } } }),
            ).length;
        assert.equal(but("StringNotEquals", "monitoring.rds.amazonaws.com"), 0);
        assert.equal(but("StringNotLike", "sns.amazonaws.com", "arn:aws:iam::*:role/*"), 0);
        assert.equal(but("StringNotEquals", "ec2.amazonaws.com"), 1);
        assert.equal(but("StringEquals", "ec2.amazonaws.com"), 1);
        assert.equal(but("StringNotEquals", "sns.amazonaws.com", "arn:aws:iam::*:role/admin"), 1);
        assert.equal(but("ForAnyValue:StringNotEquals", "sns.amazonaws.com"), 1);
    });

    it("is a role that is there, of what one can change or run", () => {
        const taken = [
            "cloudformation:UpdateStack",
            "codebuild:StartBuild",
            "codebuild:UpdateProject",
            "batch:SubmitJob",
            "sagemaker:CreatePresignedNotebookInstanceUrl",
            "sagemaker:CreatePresignedDomainUrl",
            "ec2-instance-connect:SendSSHPublicKey",
            "ec2:CreateReplaceRootVolumeTask",
            "apprunner:UpdateService",
            "elasticmapreduce:AddJobFlowSteps",
            "eks:CreatePodIdentityAssociation",
            "eks:AssociateAccessPolicy",
            "eks:CreateAccessEntry",
            "bedrock-agentcore:InvokeAgentRuntimeCommand",
            "glue:RunStatement",
            "sso:PutInlinePolicyToPermissionSet",
            "iam:UpdateSAMLProvider",
            "sagemaker:StartSession",
            "ssm:UpdateAssociation",
            "ssm:CreateAssociationBatch",
            "ssm:RegisterTaskWithMaintenanceWindow",
            "ssm:ResumeSession",
        ];
        for (const action of taken) assert.equal(on("*", action), 1, action);
        assert.equal(on("arn:aws:cloudformation:*:*:stack/*/*", "cloudformation:UpdateStack"), 1);
        assert.equal(on("arn:aws:cloudformation:*:*:stack/app/*", "cloudformation:UpdateStack"), 0);
        assert.equal(on("arn:aws:cloudformation:*:*:stackset/*:*", "cloudformation:UpdateStackSet"), 1);
        assert.equal(on("arn:aws:cloudformation:*:*:stackset/app:*", "cloudformation:UpdateStackSet"), 0);
        assert.equal(on("arn:aws:codebuild:eu-central-1:123456789012:project/app", "codebuild:StartBuild"), 0);
        assert.equal(on("arn:aws:eks:*:*:cluster/team", "eks:CreateAccessEntry"), 0);
        assert.equal(on("arn:aws:ssm:*:*:session/${aws:userid}-*", "ssm:ResumeSession"), 0);
    });

    it("is a role that is there only with all that it takes", () => {
        const pairs = [
            ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
            ["ec2:ModifyInstanceAttribute", "ec2:StartInstances"],
            ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
            ["sagemaker:UpdateNotebookInstance", "sagemaker:CreateNotebookInstanceLifecycleConfig"],
            ["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
            ["states:UpdateStateMachine", "states:StartExecution"],
            ["ssm:UpdateDocument", "ssm:UpdateDocumentDefaultVersion"],
        ];
        for (const [first, second] of pairs as [string, string][]) {
            assert.equal(on("*", first), 0, first);
            assert.equal(on("*", [first, second]), 1, first);
            const apart = [first, second].map((Action) => identityStatement({ Action, Resource: "*" }));
            assert.equal(said(...apart).length, 1, first);
            assert.deepEqual(said(...apart, deny({ Action: second, Resource: "*" })), [], first);
        }
    });

    it("is looked for in a time that grows with the document, not with its square", () => {
        const many = <T>(count: number, make: (index: number) => T) =>
            Array.from({ length: count }, (_, index) => make(index));
        const open = (index: number) => identityStatement({ Action: ["ssm:*", `s3:Get${index}`], Resource: "*" });
        const closed = (index: number) => deny({ Action: "iam:*", Resource: `arn:aws:iam::*:role/app-${index}` });
        const documents: [string, (size: number) => Props[]][] = [
            ["statements", (size) => [...many(size, open), ...many(size, closed)]],
            [
                "actions",
                (size) => [identityStatement({ Action: many(3 * size, (index) => `iam:P*${index}`), Resource: "*" })],
            ],
            [
                "resources",
                (size) => [
                    identityStatement({ Action: "*", Resource: many(3 * size, (i) => `arn:aws:iam::*:role/${i}-*`) }),
                ],
            ],
            ["wildcards", (size) => [identityStatement({ Action: `iam:${"*s".repeat(9 * size)}`, Resource: "*" })]],
        ];
        for (const [title, make] of documents) {
            const took = (size: number) => {
                const started = process.cpuUsage().user;
                said(...make(size));
                return process.cpuUsage().user - started;
            };
            took(100);
            const [some, more] = [took(200), took(1600)];
            assert.ok(more < 30 * some + 100_000, `${title}: ${some} µs, then ${more} µs`);
        }
    });
});

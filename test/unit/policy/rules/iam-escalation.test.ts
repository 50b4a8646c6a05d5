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

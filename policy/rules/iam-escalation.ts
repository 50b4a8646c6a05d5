import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { forEvery, isNarrowedBy, isTagKey } from "../lib/aws/permissions";
import { type PolicyDocument, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";

interface Escalation {
    actions: string[];
    /** The kind of resource it acts on. */
    kind: string;
    what: string;
    /** It is one on the caller's own user as well. */
    self?: boolean;
}

const escalations: Escalation[] = [
    {
        actions: [
            "PutUserPolicy",
            "AttachUserPolicy",
            "PutUserPermissionsBoundary",
            "DeleteUserPermissionsBoundary",
        ].map(iam),
        kind: "iam:user/",
        what: "any user, or the caller itself",
        self: true,
    },
    {
        actions: ["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile", "CreateServiceSpecificCredential"].map(
            iam,
        ),
        kind: "iam:user/",
        what: "any user",
    },
    {
        actions: ["PutGroupPolicy", "AttachGroupPolicy", "AddUserToGroup"].map(iam),
        kind: "iam:group/",
        what: "any group",
    },
    {
        actions: [
            ...["PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"].map(
                iam,
            ),
            ...["UpdateAssumeRolePolicy", "PassRole"].map(iam),
            "sts:AssumeRole",
        ],
        kind: "iam:role/",
        what: "any role",
    },
    { actions: ["CreatePolicyVersion", "SetDefaultPolicyVersion"].map(iam), kind: "iam:policy/", what: "any policy" },
    {
        actions: ["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"],
        kind: "lambda:function:",
        what: "any function, and so as its role",
    },
    {
        actions: ["ssm:SendCommand", "ssm:StartSession"],
        kind: "ec2:instance/",
        what: "any machine, and so as its role",
    },
    { actions: ["ecs:ExecuteCommand"], kind: "ecs:task/", what: "any task, and so as its role" },
    { actions: ["glue:UpdateDevEndpoint"], kind: "glue:devEndpoint/", what: "any endpoint, and so as its role" },
];

/** What runs code with a role that it is given: with one of these, a role for some services only is enough. */
const launches = [
    "autoscaling:CreateAutoScalingGroup",
    "autoscaling:CreateLaunchConfiguration",
    "cloudformation:CreateStack",
    "codebuild:CreateProject",
    "datapipeline:CreatePipeline",
    "ec2:RunInstances",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "lambda:CreateFunction",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
];

function iam(name: string): string {
    return `iam:${name}`;
}

const limits = new Set(["iam:permissionsboundary", "iam:policyarn"]);
const isOwnUser = (resource: Field) => /\$\{aws:(?:username|userid)\}/i.test(textOf(resource));

/** Whether the document denies the action for good, or for all that have no permissions boundary. */
const isDenied = ({ statements }: PolicyDocument, action: string) =>
    statements.some(
        (statement) =>
            !statement.allows &&
            statement.byWhich(action) !== undefined &&
            statement.resources.some((resource) => textOf(resource) === "*") &&
            statement.conditions.every(({ key }) => key === "iam:permissionsboundary"),
    );

/** Whether the role is for services that cannot run the holder's code, as far as the document says. */
const isForServiceOnly = ({ statements }: PolicyDocument, statement: Statement) =>
    isNarrowedBy(statement, (key) => key === "iam:passedtoservice") &&
    !statements.some((other) => other.allows && launches.some((action) => other.byWhich(action)));

function checkStatement(statement: Statement, document: PolicyDocument, judge: Judge): void {
    if (isNarrowedBy(statement, (key) => limits.has(key) || isTagKey(key))) return;
    judge.each(escalations, ({ actions, kind, what, self }) => {
        if (!forEvery(statement, kind) && !(self && statement.resources.some(isOwnUser))) return;
        const allowed = actions.filter((action) => {
            if (!statement.byWhich(action) || isDenied(document, action)) return false;
            return action !== "iam:PassRole" || !isForServiceOnly(document, statement);
        });
        const by = allowed[0] === undefined ? undefined : statement.byWhich(allowed[0]);
        if (!by) return;
        judge.wrong(
            by,
            `allows ${allowed.join(", ")} on ${what}, by which one can take more rights; name the resources`,
        );
    });
}

export const iamEscalation: ResourceRule = {
    name: "iam-escalation",
    description:
        "No IAM policy allows actions by which its holder can take more rights, on all users, groups, roles or policies.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_286", "IAM.1"],
    remediation:
        "Leave the action out, name the resources it is needed for, or narrow it by a condition: iam:PermissionsBoundary, " +
        "iam:PolicyARN, iam:PassedToService or aws:ResourceTag.",
    check: eachDocument("identity", (document, judge) => {
        document.eachAllow(judge, (statement) => checkStatement(statement, document, judge));
    }),
};

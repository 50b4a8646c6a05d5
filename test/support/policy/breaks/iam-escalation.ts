import { documentBreaks, identityHolders, identityStatement } from "../documents";

const rule = { rule: "iam-escalation", good: identityStatement() };
const onAny: Record<string, string> = {
    "iam:PutUserPolicy": "*",
    "iam:AttachUserPolicy": "arn:aws:iam::*:user/*",
    "iam:DeleteUserPermissionsBoundary": "*",
    "iam:CreateAccessKey": "arn:aws:iam::123456789012:user/*",
    "iam:CreateLoginProfile": "*",
    "iam:UpdateLoginProfile": "*",
    "iam:PutGroupPolicy": "*",
    "iam:AttachGroupPolicy": "arn:aws:iam::*:group/*",
    "iam:AddUserToGroup": "*",
    "iam:PutRolePolicy": "*",
    "iam:AttachRolePolicy": "arn:aws:iam::123456789012:role/*",
    "iam:UpdateAssumeRolePolicy": "*",
    "iam:PassRole": "*",
    "sts:AssumeRole": "*",
    "iam:CreatePolicyVersion": "arn:aws:iam::123456789012:policy/*",
    "iam:SetDefaultPolicyVersion": "*",
    "lambda:UpdateFunctionCode": "*",
    "lambda:UpdateFunctionConfiguration": "arn:aws:lambda:*:*:function:*",
    "ssm:SendCommand": "*",
    "ssm:StartSession": "arn:aws:ec2:*:*:instance/*",
    "ecs:ExecuteCommand": "*",
    "glue:UpdateDevEndpoint": "*",
    "cloudformation:UpdateStack": "arn:aws:cloudformation:*:*:stack/*/*",
    "codebuild:StartBuild": "*",
    "ec2-instance-connect:SendSSHPublicKey": "arn:aws:ec2:*:*:instance/*",
    "eks:CreatePodIdentityAssociation": "arn:aws:eks:*:123456789012:cluster/*",
    "eks:AssociateAccessPolicy": "*",
};

export const breaks = [
    ...documentBreaks({
        ...rule,
        title: "a policy of any role",
        holders: identityHolders,
        bad: identityStatement({ Action: ["iam:ListRoles", "iam:PutRolePolicy"], Resource: "*" }),
        names: "Action[1]",
    }),
    ...Object.entries(onAny).flatMap(([Action, Resource]) =>
        documentBreaks({
            ...rule,
            title: `${Action} on ${Resource}`,
            holders: identityHolders.slice(0, 1),
            bad: identityStatement({ Action, Resource }),
            names: "Action",
        }),
    ),
];

import type { Judge } from "../lib/judge";
import { anyName, forEvery, isNarrowedBy } from "../lib/aws/permissions";
import { quoted, type Statement, textOf } from "../lib/aws/policy-document";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";
import { fits, isAnything } from "../lib/aws/wildcard";

/** Actions that read or change data, by the kind of resource they can be limited to. What lists or creates cannot, for the most part. */
const actions: Record<string, string[]> = {
    "dynamodb:table/":
        "GetItem BatchGetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem UpdateTable DeleteTable"
            .split(" ")
            .map((name) => `dynamodb:${name}`),
    "ec2:instance/": ["ec2:TerminateInstances", "ec2:StopInstances"],
    "ec2:snapshot/": ["ec2:DeleteSnapshot"],
    "ec2:volume/": ["ec2:DeleteVolume"],
    "ecr:repository/": ["ecr:PutImage", "ecr:DeleteRepository", "ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy"],
    "kinesis:stream/": ["kinesis:PutRecord", "kinesis:PutRecords", "kinesis:GetRecords", "kinesis:DeleteStream"],
    "kms:key/":
        "Decrypt Encrypt ReEncryptFrom ReEncryptTo GenerateDataKey Sign CreateGrant PutKeyPolicy DisableKey ScheduleKeyDeletion"
            .split(" ")
            .map((name) => `kms:${name}`),
    "lambda:function:": ["lambda:InvokeFunction", "lambda:DeleteFunction", "lambda:AddPermission"],
    "rds:db:": ["rds:ModifyDBInstance", "rds:DeleteDBInstance"],
    "rds-db:dbuser:": ["rds-db:connect"],
    "s3:": "ListBucket ListBucketVersions DeleteBucket PutBucketAcl PutBucketPolicy DeleteBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration"
        .split(" ")
        .map((name) => `s3:${name}`),
    [`s3:${anyName}/`]: "GetObject GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectVersion"
        .split(" ")
        .map((name) => `s3:${name}`),
    "secretsmanager:secret:": "GetSecretValue PutSecretValue UpdateSecret DeleteSecret PutResourcePolicy"
        .split(" ")
        .map((name) => `secretsmanager:${name}`),
    "sns:": ["sns:SetTopicAttributes", "sns:DeleteTopic", "sns:AddPermission"],
    "sqs:": "SendMessage ReceiveMessage DeleteMessage PurgeQueue DeleteQueue SetQueueAttributes"
        .split(" ")
        .map((name) => `sqs:${name}`),
    "ssm:parameter/": "GetParameter GetParameters GetParametersByPath GetParameterHistory PutParameter DeleteParameter"
        .split(" ")
        .map((name) => `ssm:${name}`),
    "states:stateMachine:": ["states:StartExecution", "states:DeleteStateMachine"],
};

/** Conditions on the caller's way in say nothing of the resource; those of a service, such as kms:ViaService, and of the resource do. */
const isOfResource = (key: string) => !key.startsWith("aws:") || key.startsWith("aws:resource");

function checkStatement(statement: Statement, judge: Judge): void {
    if (isNarrowedBy(statement, isOfResource)) return;
    const every = Object.keys(actions).filter((kind) => forEvery(statement, kind));
    judge.each(statement.actions, (action) => {
        const pattern = textOf(action).toLowerCase();
        // The rule iam-wildcards is for those.
        if (isAnything(pattern.slice(pattern.indexOf(":") + 1))) return;
        const kind = every.find((one) => actions[one]!.some((name) => fits(pattern, name.toLowerCase())));
        if (kind) judge.wrong(action, `allows ${quoted(action)} on every resource; name the resources that are needed`);
    });
}

export const iamResourceWildcards: ResourceRule = {
    name: "iam-resource-wildcards",
    description: "IAM policies allow to read or change data only on resources that they name, not on all of a kind.",
    severity: "medium",
    level: "advisory",
    why: "A tool for a whole account, such as one for backups, may need every resource of a kind.",
    references: ["KMS.1", "KMS.2"],
    remediation: "Name the resources in Resource, or narrow the statement by a condition such as aws:ResourceTag.",
    check: eachDocument("identity", (document, judge) => {
        document.eachAllow(judge, (statement) => checkStatement(statement, judge));
    }),
};

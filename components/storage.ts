import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { createBucket } from "./bucket";
import type { Context } from "./lib/context";
import { names } from "./lib/names";

export interface Storage {
    schemas: s3.Bucket;
    backups: s3.Bucket;
    accessKeyId: pulumi.Output<string>;
    secretAccessKey: pulumi.Output<string>;
    /** The Secret with the access key. */
    credentials: core.Secret;
}

/** Where backups are, in their bucket. backup/scripts/ knows it too. */
export const backupsPrefix = "backups/";
/** Where results of drills are. */
export const drillsPrefix = "drills/";

/** The two buckets, and an IAM user whose key can read and write schemas, and nothing else: the app has no business with backups. */
export function createStorage(context: Context, inNamespace: Context): Storage {
    const { settings, child, options } = context;
    const schemas = createBucket(context, "schemas", settings.schemasBucketName);
    const expire = (id: string, prefix: string) => ({
        id,
        status: "Enabled",
        filter: { prefix },
        expiration: { days: settings.backupRetentionDays },
    });
    const backups = createBucket(context, "backups", settings.backupsBucketName, [
        expire("expire-backups", backupsPrefix),
        expire("expire-drills", drillsPrefix),
    ]);

    const user = new iam.User(child("user"), { path: "/justdb/" }, options());
    const policy = new iam.UserPolicy(
        child("user-policy"),
        {
            user: user.name,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    // Without the right to list, S3 answers 403 in place of 404 for an object that is not there.
                    { Sid: "ListSchemas", Effect: "Allow", Action: ["s3:ListBucket"], Resource: schemas.arn },
                    {
                        Sid: "ReadWriteSchemas",
                        Effect: "Allow",
                        Action: ["s3:GetObject", "s3:PutObject"],
                        Resource: pulumi.interpolate`${schemas.arn}/schemas/*`,
                    },
                ],
            }),
        },
        options(),
    );
    const key = new iam.AccessKey(child("access-key"), { user: user.name }, options({ dependsOn: policy }));
    const secretAccessKey = pulumi.secret(key.secret);

    const credentials = new core.Secret(
        child("aws-credentials"),
        {
            metadata: context.metadata(names.awsCredentials),
            type: "Opaque",
            stringData: { "aws-access-key-id": key.id, "aws-secret-access-key": secretAccessKey },
        },
        inNamespace.options(),
    );
    return { schemas, backups, accessKeyId: key.id, secretAccessKey, credentials };
}

import type * as pulumi from "@pulumi/pulumi";

export interface RestoreArgs {
    /**
     * What a new stack starts from. A backup: s3://BUCKET/latest, s3://BUCKET/ID, or s3://BUCKET/TIME for the newest that is not
     * younger. Or, for a managed PostgreSQL, an archive and a moment: s3://BUCKET/ARCHIVE/TIME, or s3://BUCKET/ARCHIVE/latest.
     * A database that holds something is never touched. Empty: from nothing.
     * @default ""
     * @example "s3://acme-justdb-backups/latest"
     */
    restoreFrom?: string;

    /**
     * The key that the backups of restoreFrom were sealed with, where another stack made them: without it they are restored by id only.
     * Empty: this stack's own.
     * @default ""
     * @example "<secret>"
     */
    restoreFromSealKey?: pulumi.Input<string>;

    /**
     * ARN of the key of KMS that the objects of restoreFrom are under, where they are under one that is not this stack's. Its policy must leave it to IAM.
     * @default ""
     * @example "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
     */
    restoreFromKmsKeyArn?: string;
}

import * as batch from "@pulumi/kubernetes/batch/v1";
import type * as pulumi from "@pulumi/pulumi";
import { bucketBeside, createKey, onBuckets, onObjects, type Statement } from "./access-key";
import { createAccount, type Operations, volumeBytes } from "./backup";
import { checksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { inTurn, madeAgain } from "./lib/job";
import { names, selectors } from "./lib/names";
import { parseRestoreSource, type RestoreSource } from "./lib/restore-source";
import { deadlineSeconds, type Operation, operationJob, type Variable } from "./operation-job";
import { backupsPrefix, type Storage } from "./storage";

/**
 * Fills a new stack with what restoreFrom says, before anything changes its database: with a backup, or, where the database itself was
 * recovered from an archive, with the schemas that belong to it. The Job bears the hash of restoreFrom in its name. One that was
 * complete is left alone; should it be made again, by a new image for one, it finds in the database that there is nothing to do.
 */
export function createRestoreFrom(
    context: Context,
    inNamespace: Context,
    { storage, restore }: { storage: Storage; restore: Operations["restore"] },
): pulumi.Resource[] {
    const { settings, child, metadata, options } = inNamespace;
    const source = parseRestoreSource(settings.restoreFrom);
    if (!source) return [];

    const account = createAccount(inNamespace, "restore-from", names.restoreFrom);
    const key = createKey(context, inNamespace, "restore-from", names.restoreFrom, rights(context, storage, source));
    const operation: Operation = {
        ...restore,
        objectName: names.restoreFrom,
        key,
        bucketVariables: restore.bucketVariables.map((one) =>
            one.name === "BACKUPS_BUCKET" ? { ...one, value: source.bucket } : one,
        ),
        variables: variables(context, source),
        // New scripts are no reason to run it again.
        annotations: undefined,
    };
    const { spec } = operationJob(inNamespace, operation, { backoffLimit: 2 });
    const name = `${names.restoreFrom}-${checksum(settings.restoreFrom).slice(0, 10)}`;
    const job = new batch.Job(
        child("restore-from"),
        { metadata: metadata(name, { labels: selectors.restore, annotations: madeAgain }), spec: spec! },
        options({
            ...inTurn,
            dependsOn: [account, ...restore.dependsOn, ...key.created],
            customTimeouts: { create: `${deadlineSeconds + 600}s` },
        }),
    );
    return [job];
}

function variables(context: Context, source: RestoreSource): Variable[] {
    return source.kind === "archive"
        ? [{ name: "OPERATION", value: "schemas" }]
        : [
              { name: "OPERATION", value: "restore" },
              { name: "FROM", value: source.backup },
              // Into an empty database only, and once.
              { name: "ORIGIN", value: context.settings.restoreFrom },
              { name: "VOLUME_BYTES", value: volumeBytes(context) },
          ];
}

/** It reads backups of the source, and writes schemas of this stack. */
function rights({ child }: Context, { schemas }: Storage, source: RestoreSource): Statement[] {
    const backups = bucketBeside(schemas, source.bucket);
    return [
        onBuckets("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
        onObjects("ReadWriteSchemas", schemas, "schemas/", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
        // The rows of a recovered database name the bucket that held their schemas: one of this name, with another end.
        ...(source.kind === "archive"
            ? [
                  onObjects("ReadEarlierSchemas", bucketBeside(schemas, `${child("schemas")}-*`), "schemas/", [
                      "s3:GetObject",
                  ]),
              ]
            : []),
    ];
}

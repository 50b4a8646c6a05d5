import * as pulumi from "@pulumi/pulumi";
import { type Operations, volumeBytes } from "../backup/backup";
import { restorePods } from "../backup/names";
import { deadlineSeconds, type Operation, operationJob, tries, type Variable } from "../backup/operation";
import { sealKey } from "../backup/seal";
import { createCredentials } from "../identity/credentials";
import type { UsesCredentials } from "../identity/retire";
import { bucketBeside, onBuckets, onObjects, type Statement } from "../identity/rights";
import { usesKeys } from "../identity/ways";
import { checksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import type { Account, Scope } from "../lib/scope";
import type { Resolved } from "../parts";
import { toEncrypt } from "../storage/keys";
import { backupsPrefix, schemasPrefix, type Storage } from "../storage/storage";
import { names } from "./names";
import { parseRestoreSource, type RestoreSource, sourceKmsKeys } from "./source";

interface Wiring {
    storage: Storage;
    restore: Operations["restore"];
}

/**
 * Fills a new stack with what restoreFrom says, before anything changes its database: with a backup, or, where the database itself was
 * recovered from an archive, with the schemas that belong to it. The name of the Job ends with the hash of restoreFrom. One that was
 * complete is left alone; should it be made again, by a new image for one, it finds in the database that there is nothing to do.
 */
export function createRestoreFrom(scope: Scope, { storage, restore }: Wiring): UsesCredentials {
    const { settings, cluster } = scope;
    const source = parseRestoreSource(settings.restoreFrom);
    if (!source) return { credentials: [], ready: [] };

    const given = settings.restoreFromSealKey;
    const key = createCredentials(
        scope,
        {
            prefix: "restore-from-",
            account: names.restoreFrom,
            secretName: names.restoreFrom,
            generation: settings.restoreAccessKeyGeneration,
            asks: { bucket: source.bucket, region: storage.schemas.region },
            rights: [...rights(scope.account, storage, source), ...toEncrypt(storage, sourceKmsKeys(settings))],
            more: given === "" ? {} : { [sealKey]: pulumi.secret(given) },
        },
        restore,
    );
    const operation: Operation = {
        ...restore,
        name: names.restoreFrom,
        key,
        // The backups of another stack have another seal.
        sealKey:
            given === ""
                ? restore.sealKey
                : { name: usesKeys(settings) ? key.secretName : names.restoreFrom, key: sealKey },
        bucketVariables: restore.bucketVariables.map((one) =>
            one.name === "BACKUPS_BUCKET" ? { ...one, value: source.bucket } : one,
        ),
        variables: [...variables(settings, source), tries],
        // New scripts are no reason to run it again.
        annotations: undefined,
    };
    const { spec } = operationJob(cluster, operation);
    const name = `${names.restoreFrom}-${checksum(settings.restoreFrom).slice(0, 10)}`;
    const job = createAwaitedJob(cluster, "restore-from", {
        name,
        labels: restorePods.labels,
        spec,
        ready: [...restore.ready, ...key.ready],
        createSeconds: deadlineSeconds(settings) + 600,
    });
    return { credentials: [key], ...job };
}

function variables(settings: Resolved, source: RestoreSource): Variable[] {
    return source.kind === "archive"
        ? [{ name: "OPERATION", value: "schemas" }]
        : [
              { name: "OPERATION", value: "restore" },
              { name: "FROM", value: source.backup },
              // Into an empty database only, and once.
              { name: "ORIGIN", value: settings.restoreFrom },
              { name: "VOLUME_BYTES", value: volumeBytes(settings) },
          ];
}

/** It reads backups of the source, and writes schemas of this stack. */
function rights({ child }: Account, { schemas }: Storage, source: RestoreSource): Statement[] {
    const backups = bucketBeside(schemas, source.bucket);
    return [
        onBuckets("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
        onObjects("ReadWriteSchemas", schemas, schemasPrefix, ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
        // The rows of a recovered database name the bucket that held their schemas: one of this name, with another end.
        ...(source.kind === "archive"
            ? [
                  onObjects("ReadEarlierSchemas", bucketBeside(schemas, `${child("schemas")}-*`), schemasPrefix, [
                      "s3:GetObject",
                  ]),
              ]
            : []),
    ];
}

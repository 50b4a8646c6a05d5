import type { Database } from "../database/database";
import type { UsesCredentials } from "../identity/retire";
import type { Cluster } from "../lib/scope";
import { bytes } from "../lib/units";
import type { Resolved } from "../parts";
import { emptyCaches } from "../restore/caches";
import type { Secrets } from "../secrets/secrets";
import type { Storage } from "../storage/storage";
import { bucketVariables } from "../storage/variables";
import { createCronJob } from "./cron-job";
import type { BackupKeys } from "./keys";
import { backupPods, names, restorePods } from "./names";
import type { Operation } from "./operation";
import type { Scripts } from "./scripts";
import { createSeal } from "./seal";

interface Wiring {
    scripts: Scripts;
    secrets: Secrets;
    storage: Storage;
    keys: BackupKeys;
    database: Database;
}

/** What the stack's own backups and restores run with, for whatever else makes, reads or restores a backup. Ready are these two. */
export interface Operations extends UsesCredentials {
    backup: Operation;
    restore: Operation;
    /** What every script that has to do with backups runs with. */
    common: Pick<Operation, "bucketVariables" | "authorities" | "sealKey"> & Scripts;
}

/** The CronJob that makes backups, and a suspended one that is the template of restores. Each has a key and a role of its own. */
export function createBackup(cluster: Cluster, { scripts, secrets, storage, keys, database }: Wiring): Operations {
    const { settings } = cluster;
    const seal = createSeal(cluster);
    const common = {
        ...scripts,
        bucketVariables: bucketVariables(settings, storage),
        authorities: [storage.authority?.certificates],
        sealKey: seal.key,
        ready: [...scripts.ready, ...seal.ready, ...(storage.authority?.certificates.ready ?? [])],
    };
    const ready = [...common.ready, ...secrets.ready, ...database.roles.ready, ...database.ready];
    const backup: Operation = {
        ...common,
        database,
        name: names.backup,
        pods: backupPods,
        role: database.roles.backup,
        key: keys.backup,
        command: ["python3", "/operations/backup.py"],
        variables: [{ name: "APP_IMAGE", value: settings.appImage }],
        ready: [...ready, ...keys.backup.ready],
    };
    const restore: Operation = {
        ...common,
        database,
        name: names.restore,
        pods: restorePods,
        role: database.roles.restore,
        key: keys.restore,
        // The same pod lists backups, with OPERATION=list.
        command: ["python3", "/operations/$(OPERATION).py"],
        variables: [
            { name: "OPERATION", value: "restore" },
            { name: "FROM", value: "" },
            { name: "VOLUME_BYTES", value: volumeBytes(settings) },
            { name: "EMPTY_CACHES", value: emptyCaches(settings) },
        ],
        ready: [...ready, ...keys.restore.ready],
    };
    const made = createCronJob(cluster, "backup", backup, { schedule: settings.backupSchedule, backoffLimit: 2 });
    // Whether to try a restore again is for somebody to decide.
    const restored = createCronJob(cluster, "restore", restore, { schedule: "never" });
    return {
        common,
        backup,
        restore,
        credentials: [keys.backup, keys.restore],
        ready: [...made.ready, ...restored.ready],
    };
}

/** The size of the database's volume, where there is one of this stack. */
export const volumeBytes = (settings: Resolved) =>
    String(settings.postgresMode === "managed" ? bytes(settings.postgresStorageSize)! : 0);

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { mostPods } from "../app/rollout";
import { names as archiveNames } from "../archive/names";
import { usesArchive } from "../archive/uses";
import { tokenSource, usesRoles } from "../identity/ways";
import { checksum } from "../lib/checksum";
import { podMarks, postgresPlacement } from "../lib/placement";
import { bytes } from "../lib/units";
import type { Resolved } from "../parts";
import { archiveSource } from "../restore/source";
import { names } from "./names";
import { managedRoles } from "./roles";

/** Values of the chart. `stack` says whose the database is. Pure. */
export function chartValues(s: Resolved, stack: string, ownerSecret: pulumi.Input<string>) {
    const values = plainValues(s, stack);
    const template = readFileSync(join(__dirname, "chart/templates/cluster.yaml"), "utf8");
    return { ...values, checksum: checksum(JSON.stringify(values) + template), ownerSecret };
}

function plainValues(s: Resolved, stack: string) {
    return {
        stack,
        image: s.postgresImage,
        imagePullSecrets: s.imagePullSecrets,
        labels: s.objectLabels,
        annotations: s.objectAnnotations,
        inherited: podMarks(s),
        placement: postgresPlacement(s),
        instances: s.postgresInstances,
        database: s.postgresDatabase,
        owner: s.postgresUser,
        roles: managedRoles(s.postgresUser, s.postgresPasswordGeneration),
        serviceName: names.service,
        storage: { size: s.postgresStorageSize, storageClass: s.postgresStorageClass },
        resources: {
            requests: { cpu: s.postgresCpuRequest, memory: s.postgresMemory },
            limits: { cpu: s.postgresCpuLimit, memory: s.postgresMemory },
        },
        sharedBuffers: s.postgresSharedBuffers || quarter(s.postgresMemory),
        maxConnections: maxConnections(s),
        // What the primary keeps at most for a standby that is away: it must not fill the volume for one that never comes back.
        maxSlotWalKeepSize: quarter(s.postgresStorageSize),
        // What it keeps for no one in particular, and between checkpoints: the operator's and PostgreSQL's defaults, where the volume is large enough.
        walKeepSize: quarter(s.postgresStorageSize, 512),
        maxWalSize: quarter(s.postgresStorageSize, 1024),
        archive: s.postgresArchive
            ? { objectStore: archiveNames.archive, timeoutSeconds: s.archiveTimeoutSeconds }
            : null,
        recovery: recovery(s),
        roleToken: usesArchive(s) && usesRoles(s) ? tokenSource(s.awsCredentials).serviceAccountToken : null,
    };
}

function recovery(s: Resolved) {
    const source = archiveSource(s);
    return source ? { objectStore: archiveNames.source, serverName: source.server, targetTime: source.time } : null;
}

/** A quarter of a quantity, or `most` megabytes, as PostgreSQL writes sizes. */
const quarter = (quantity: string, most = Infinity) =>
    `${Math.min(Math.floor(bytes(quantity)! / 4 / 2 ** 20), most)}MB`;

/**
 * Every pod that can exist at once with a full pool, and some for the operator, replicas, backups and people. A second fleet, as Argo
 * Rollouts makes one, is counted always: PostgreSQL restarts when the number changes, and a change of the delivery must not do that.
 */
const maxConnections = (s: Resolved) => (mostPods(s) + s.appMaxReplicas) * s.appDatabasePoolSize + 30;

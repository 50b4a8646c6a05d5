import type * as pulumi from "@pulumi/pulumi";
import { mostPods } from "../app/rollout";
import { names as archiveNames } from "../archive/names";
import { bytes } from "../lib/units";
import type { Resolved } from "../parts";
import { archiveSource } from "../restore/source";
import { names } from "./names";
import { managedRoles } from "./roles";

/** Values of the chart. Pure. */
export function chartValues(s: Resolved, ownerSecret: pulumi.Input<string>) {
    return {
        image: s.postgresImage,
        imagePullSecrets: s.imagePullSecrets,
        instances: s.postgresInstances,
        database: s.postgresDatabase,
        owner: s.postgresUser,
        ownerSecret,
        roles: managedRoles(s.postgresUser),
        serviceName: names.service,
        storage: { size: s.postgresStorageSize, storageClass: s.postgresStorageClass },
        resources: {
            requests: { cpu: s.postgresCpuRequest, memory: s.postgresMemory },
            limits: { cpu: s.postgresCpuLimit, memory: s.postgresMemory },
        },
        sharedBuffers: s.postgresSharedBuffers || sharedBuffers(s.postgresMemory),
        maxConnections: maxConnections(s),
        maxSlotWalKeepSize: maxSlotWalKeepSize(s.postgresStorageSize),
        archive: s.postgresArchive
            ? { objectStore: archiveNames.archive, timeoutSeconds: s.archiveTimeoutSeconds }
            : null,
        recovery: recovery(s),
    };
}

/** Every archive was written by a cluster of this name, in a folder of its own. */
function recovery(s: Resolved) {
    const source = archiveSource(s);
    return source ? { objectStore: archiveNames.source, serverName: names.cluster, targetTime: source.time } : null;
}

const sharedBuffers = (memory: string) => `${Math.floor(bytes(memory)! / 4 / 2 ** 20)}MB`;

/** What the primary keeps at most for a standby that is away: it must not fill the volume for one that never comes back. */
const maxSlotWalKeepSize = (storageSize: string) => `${Math.floor(bytes(storageSize)! / 4 / 2 ** 20)}MB`;

/** Every pod that can exist at once with a full pool, and some for the operator, replicas, backups and people. */
const maxConnections = (s: Resolved) => mostPods(s) * s.appDatabasePoolSize + 30;

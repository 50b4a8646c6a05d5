import {
    deadlineSeconds,
    type Operation,
    operationContainer,
    operationUid,
    scriptsVolume,
    tries,
} from "../backup/operation";
import { containerSecurity } from "../lib/pod";
import type { Cluster } from "../lib/scope";
import { type Step, workVolume } from "./migrations";

/** A backup before changes of the database, as the stack makes others. One that fails stops the migration before any change: the next container says so. */
export function backupStep(cluster: Cluster, backup: Operation): Step {
    const operation: Operation = {
        ...backup,
        command: ["python3", "/operations/before_migrations.py"],
        // Not the app's image: a new one is no other migration.
        variables: [{ name: "PENDING", value: "/work/pending" }, { name: "FAILED", value: "/work/failed" }, tries],
    };
    return {
        container: {
            ...operationContainer(cluster, operation, [{ name: workVolume, mountPath: "/work" }]),
            name: "backup",
            // The pod's own user is that of another image.
            securityContext: { ...containerSecurity, runAsUser: operationUid, runAsGroup: operationUid },
        },
        volumes: [scriptsVolume, ...(backup.key?.volumes ?? [])],
        authorities: operation.authorities ?? [],
        ready: backup.ready,
        seconds: deadlineSeconds(cluster.settings),
    };
}

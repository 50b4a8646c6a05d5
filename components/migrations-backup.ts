import type { Context } from "./lib/context";
import { containerSecurity } from "./lib/pod-security";
import { type Step, workVolume } from "./migrations";
import { type Operation, operationContainer, postgresUser, scriptsVolume } from "./operation-job";

/** Less than a backup may take at night: somebody waits for this one. */
const backupSeconds = 2 * 3600;

/** A backup before changes of the database, as the stack makes others. One that fails stops the migration before any change. */
export function backupStep(context: Context, backup: Operation): Step {
    const operation: Operation = {
        ...backup,
        command: ["python3", "/operations/before_migrations.py"],
        // Not the app's image: a new one is no other migration.
        variables: [{ name: "PENDING", value: "/work/pending" }],
    };
    return {
        container: {
            ...operationContainer(context, operation, [{ name: workVolume, mountPath: "/work", readOnly: true }]),
            name: "backup",
            // The pod's own user is that of another image.
            securityContext: { ...containerSecurity, runAsUser: postgresUser, runAsGroup: postgresUser },
        },
        volumes: [scriptsVolume],
        dependsOn: backup.dependsOn,
        seconds: backupSeconds,
    };
}

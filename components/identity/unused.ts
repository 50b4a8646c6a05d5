import { names as archive } from "../archive/names";
import { usesArchive } from "../archive/uses";
import { deadlineSeconds, operationJob } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import type { FormerSecret } from "../generations/former";
import { checksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import { createRights } from "../lib/rights";
import type { Cluster, Waited } from "../lib/scope";
import { names, unusedPods } from "./names";
import { usesKeys } from "./ways";

/**
 * Waits until no pod refers to a former Secret of these any more: pods that end still serve, and a backup that began with it may go on for
 * hours. A base backup of the archive has read its Secret when it began.
 */
export function createUnused(cluster: Cluster, former: FormerSecret[], scripts: Scripts): Waited {
    const { settings } = cluster;
    const rights = createRights(cluster, "keys-unused", names.unused, [
        { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
        { apiGroups: ["postgresql.cnpg.io"], resources: ["backups"], verbs: ["list"] },
    ]);
    const secrets = former.map(({ secretName }) => secretName).sort();
    const current = former
        .map((one) => one.current)
        .filter((name) => name !== "")
        .sort();
    const patience = deadlineSeconds(settings) + 600;
    const { spec } = operationJob(
        cluster,
        {
            name: names.unused,
            pods: unusedPods,
            callsKubernetes: true,
            command: ["python3", "/operations/unused.py"],
            bucketVariables: [],
            variables: [
                { name: "SECRETS", value: secrets.join(" ") },
                { name: "CURRENT", value: current.join(" ") },
                {
                    name: "ARCHIVES",
                    value: String(usesKeys(settings) ? secrets.includes(archive.archive) : usesArchive(settings)),
                },
                { name: "PATIENCE_SECONDS", value: String(patience) },
            ],
            ready: [],
        },
        { endsAfterSeconds: patience + 300 },
    );
    return createAwaitedJob(cluster, "keys-unused", {
        name: `${names.unused}-${checksum(JSON.stringify([secrets, current])).slice(0, 10)}`,
        spec,
        ready: [...rights.ready, ...scripts.ready],
        createSeconds: patience + 600,
    });
}

import type * as pulumi from "@pulumi/pulumi";
import { operationJob } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { createAwaitedJob } from "../lib/job";
import { createRights } from "../lib/rights";
import type { Cluster, Waited } from "../lib/scope";
import { archiveSource } from "../restore/source";
import { names, settledPods } from "./names";

/** What an update waits for: a restart of all instances, or the copying of a whole database, for another major version or a recovery. */
const seconds = { restart: 1800, copy: 4 * 3600 };

/**
 * Waits until the operator has done what the Cluster asks for now. The Cluster's own condition Ready stays true until the operator takes
 * notice of a change, so an update would end, or end well, while PostgreSQL is about to restart. There is a new Job for each new `checksum`.
 */
export function createSettled(cluster: Cluster, scripts: Scripts, checksum: string, ready: pulumi.Resource[]): Waited {
    const { settings } = cluster;
    const rights = createRights(cluster, "postgres-settled", names.settled, [
        {
            apiGroups: ["postgresql.cnpg.io"],
            resources: ["clusters"],
            resourceNames: [names.cluster],
            verbs: ["get"],
        },
        { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
    ]);
    const copies = settings.postgresUpgradeFrom !== "" || archiveSource(settings) !== undefined;
    const patience = copies ? seconds.copy : seconds.restart;
    const operation = {
        name: names.settled,
        pods: settledPods,
        callsKubernetes: true,
        command: ["python3", "/operations/settled.py"],
        bucketVariables: [],
        variables: [
            { name: "CLUSTER", value: names.cluster },
            { name: "CHECKSUM", value: checksum },
            { name: "PATIENCE_SECONDS", value: String(patience) },
        ],
        ready: [],
    };
    const { spec } = operationJob(cluster, operation, { endsAfterSeconds: patience + 300 });
    return createAwaitedJob(cluster, "postgres-settled", {
        name: `${names.settled}-${checksum.slice(0, 10)}`,
        spec,
        ready: [...rights.ready, ...scripts.ready, ...ready],
        createSeconds: patience + 600,
    });
}

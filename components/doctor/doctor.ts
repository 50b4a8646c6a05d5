import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { createCronJob } from "../backup/cron-job";
import { readScripts } from "../backup/scripts";
import { createRights } from "../lib/rights";
import type { Cluster } from "../lib/scope";
import { names as limits } from "../namespace/names";
import { owner } from "../namespace/owner";
import { expectations } from "./expectations";
import { doctorName, doctorPods } from "./names";

/** What it shares with the scripts of backups. */
const shared = ["failure.py", "kubernetes_api.py"];

/** A suspended CronJob, the template of Jobs that look at the stack from inside. What they may not see they tell as unknown. */
export function createDoctor(cluster: Cluster): void {
    const { settings, child, metadata, options } = cluster;
    const rights = createRights(cluster, "doctor", doctorName, [
        { apiGroups: [""], resources: ["pods", "resourcequotas"], verbs: ["list"] },
        // By a Role, a namespace can be read by its own name.
        { apiGroups: [""], resources: ["namespaces"], resourceNames: [settings.namespace], verbs: ["get"] },
        { apiGroups: [""], resources: ["limitranges"], resourceNames: [limits.limits], verbs: ["get"] },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
        { apiGroups: ["postgresql.cnpg.io"], resources: ["clusters"], verbs: ["get"] },
        { apiGroups: ["barmancloud.cnpg.io"], resources: ["objectstores"], verbs: ["get"] },
    ]);
    const expected = pulumi.jsonStringify({
        ...expectations(settings, owner(cluster)),
        about: `namespace ${settings.namespace}`,
        deployer: false,
    });
    const configMap = new core.ConfigMap(
        child("doctor-scripts"),
        { metadata: metadata(doctorName), data: { ...scripts(), "expectations.json": expected } },
        options(),
    );
    createCronJob(
        cluster,
        "doctor",
        {
            name: doctorName,
            pods: doctorPods,
            scripts: doctorName,
            callsKubernetes: true,
            command: ["python3", "/operations/doctor.py", "/operations/expectations.json"],
            bucketVariables: [],
            variables: [],
            ready: [...rights.ready, configMap],
        },
        { schedule: "never", endsAfterSeconds: 300 },
    );
}

function scripts(): Record<string, string> {
    const lib = join(__dirname, "../backup/scripts/lib");
    return {
        ...readScripts(join(__dirname, "scripts")),
        ...Object.fromEntries(shared.map((file) => [file, readFileSync(join(lib, file), "utf8")])),
    };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { createAwaitedJob, triedOnce, undisturbed } from "../lib/job";
import { containerSecurity, podTemplate } from "../lib/pod";
import type { Cluster, Waited } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { createServiceAccount } from "../lib/service-account";
import type { SecretKey } from "../secrets/secrets";
import { acceptedName, acceptedPods, redisName, redisPort } from "./names";

/** The kubelet looks at the Secrets of its pods once a minute, and takes some time to write what is new. */
const patienceSeconds = 300;

/** Ready when Redis takes the password of a later generation: nothing goes over to it before. */
export function createAccepted(cluster: Cluster, password: SecretKey, uid: number, ready: pulumi.Resource[]): Waited {
    const { settings } = cluster;
    const generation = settings.redisPasswordGeneration;
    if (generation === 1) return { ready: [] };
    const account = createServiceAccount(cluster, "redis-accepted-account", acceptedName);
    const script = readFileSync(join(__dirname, "accepted.sh"), "utf8");
    const args = [redisName, redisPort, patienceSeconds].map(String);
    const template = podTemplate(cluster, {
        labels: acceptedPods.labels,
        annotations: undisturbed,
        account: acceptedName,
        uid,
        containers: [
            {
                name: acceptedName,
                image: settings.redisImage,
                imagePullPolicy: "IfNotPresent",
                command: ["sh", "-c", script, "accepted.sh", ...args],
                env: [secretVariable("REDISCLI_AUTH", password)],
                resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "100m", memory: "32Mi" } },
                terminationMessagePolicy: "FallbackToLogsOnError",
                securityContext: containerSecurity,
            },
        ],
        volumes: [],
        more: { restartPolicy: "Never" },
    });
    return createAwaitedJob(cluster, "redis-accepted", {
        name: `${acceptedName}-${generation}`,
        labels: acceptedPods.labels,
        spec: { ...triedOnce, activeDeadlineSeconds: 2 * patienceSeconds, template },
        ready: [account, ...ready],
        createSeconds: 3 * patienceSeconds,
    });
}

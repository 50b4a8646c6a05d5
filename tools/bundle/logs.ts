// What the containers of the namespace have written, those that have ended included, and what the database's operator says of it.
import type { Target } from "../lib/target";
import type { Collection, Part } from "./parts";

/** As many lines of a container at most, of which the last as many characters are kept. */
const lines = 10_000;
const characters = 1_000_000;

interface Status {
    name: string;
    restartCount: number;
}

interface Pod {
    metadata: { name: string; namespace: string };
    spec: Partial<Record<"initContainers" | "containers" | "ephemeralContainers", { name: string }[]>>;
    status: Partial<Record<"initContainerStatuses" | "containerStatuses" | "ephemeralContainerStatuses", Status[]>>;
}

/** The end of a log, from the beginning of a line: a secret that was cut would not be recognised. */
function end(log: string): string {
    if (log.length <= characters) return log;
    const [, ...whole] = log.slice(-characters).split("\n");
    return ["[earlier lines are left out]", ...whole].join("\n");
}

async function podsOf(kubectl: Target["kubectl"], where: string[]): Promise<Pod[]> {
    return (JSON.parse(await kubectl(["get", "pods", ...where, "-o", "json"])) as { items: Pod[] }).items;
}

/** Without kubectl's timestamps: one stands in the middle of a line that is long, and may cut a secret in two. */
const logOf = (kubectl: Target["kubectl"], { metadata }: Pod, container: string, ...more: string[]) =>
    kubectl(["-n", metadata.namespace, "logs", metadata.name, "-c", container, `--tail=${lines}`, ...more]);

async function addPod(collection: Collection, kubectl: Target["kubectl"], pod: Pod): Promise<void> {
    const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec;
    const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = pod.status;
    const statuses = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
    for (const { name } of [...initContainers, ...containers, ...ephemeralContainers]) {
        const file = `logs/${pod.metadata.name}/${name}`;
        await collection.add(`${file}.log`, async () => end(await logOf(kubectl, pod, name)));
        if ((statuses.find((status) => status.name === name)?.restartCount ?? 0) > 0) {
            await collection.add(`${file}.previous.log`, async () =>
                end(await logOf(kubectl, pod, name, "--previous")),
            );
        }
    }
}

/** The operator works for other namespaces too. */
const operatorLabel = "app.kubernetes.io/name=cloudnative-pg";

export const logsPart: Part = async (collection, { namespace, kubectl }) => {
    await collection.attempt("logs", async () => {
        const pods = await podsOf(kubectl, ["-n", namespace]);
        await Promise.all(pods.map((pod) => addPod(collection, kubectl, pod)));
    });
    await collection.attempt("logs of the operator", async () => {
        const pods = await podsOf(kubectl, ["-A", "-l", operatorLabel]);
        const ofNamespace = (log: string) => log.split("\n").filter((line) => line.includes(`"${namespace}"`));
        for (const pod of pods) {
            const { name } = pod.spec.containers![0]!;
            await collection.add(`logs/operator/${pod.metadata.name}.log`, async () =>
                end(ofNamespace(await logOf(kubectl, pod, name)).join("\n")),
            );
        }
    });
};

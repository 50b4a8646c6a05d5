// What the sandbox tests ask of the cluster.
import { kubectl, waitFor } from "../../sandbox";

export const namespace = "justdb-cloud";

/** Any Kubernetes object, as far as the tests read it. */
export interface KubeObject {
    kind: string;
    metadata: {
        name: string;
        uid: string;
        namespace?: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
        deletionTimestamp?: string;
    };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    spec: any;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    status: any;
    data?: Record<string, string>;
}

export async function get(kind: string, name: string, from = namespace): Promise<KubeObject> {
    return JSON.parse(await kubectl(["-n", from, "get", kind, name, "-o", "json"])) as KubeObject;
}

export async function list(kind: string, from = namespace, selector = ""): Promise<KubeObject[]> {
    const where = from === "*" ? ["-A"] : ["-n", from];
    const filter = selector ? ["-l", selector] : [];
    const answer = await kubectl(["get", kind, ...where, ...filter, "-o", "json"]);
    return (JSON.parse(answer) as { items: KubeObject[] }).items;
}

export function isReady(pod: KubeObject): boolean {
    const conditions = (pod.status?.conditions ?? []) as { type: string; status: string }[];
    return !pod.metadata.deletionTimestamp && conditions.some((c) => c.type === "Ready" && c.status === "True");
}

/** Waits until `count` pods of a selector are Ready and no other is left. */
export async function podsReady(selector: string, count: number, from = namespace): Promise<KubeObject[]> {
    let pods: KubeObject[] = [];
    await waitFor(`${count} pods ${selector}`, 240_000, async () => {
        pods = await list("pods", from, selector);
        const ready = pods.filter(isReady).length;
        return (ready === count && pods.length === count) || `${ready} of ${pods.length} are Ready`;
    });
    return pods;
}

/**
 * Takes namespaces away, and their pods at once: by itself PostgreSQL would end only when its last changes are archived, and the key
 * for that may be gone before it.
 */
export async function removeNamespaces(...names: string[]): Promise<void> {
    const remove = (wait: boolean) =>
        kubectl(["delete", "namespace", ...names, "--ignore-not-found", `--wait=${wait}`]);
    await remove(false);
    for (const name of names) await kubectl(["-n", name, "delete", "pods", "--all", "--force", "--grace-period=0"]);
    await remove(true);
}

/** Asks for the end of a pod, as the drain of its node does. Fails while the disruption budget refuses. */
export async function evict(pod: string, from = namespace): Promise<void> {
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod, namespace: from } };
    const path = `/api/v1/namespaces/${from}/pods/${pod}/eviction`;
    await kubectl(["create", "--raw", path, "-f", "-"], JSON.stringify(eviction));
}

/** Runs a shell line in a pod and returns its output. Fails with ProgramError when it ends with another code than 0. */
export function exec(pod: string, line: string, from = namespace, container?: string): Promise<string> {
    return kubectl(["-n", from, "exec", pod, ...(container ? ["-c", container] : []), "--", "bash", "-c", line]);
}

/**
 * Tries one TCP connection out of a pod: true when it was made, false when it was refused or timed out. Fails when it could not be
 * tried, as from a pod that is not there.
 */
export async function connects(
    pod: string,
    host: string,
    port: number,
    from = namespace,
    container?: string,
): Promise<boolean> {
    const line = `timeout 3 bash -c '</dev/tcp/${host}/${port}'; echo $?`;
    const code = (await exec(pod, line, from, container)).trim();
    // What bash ends with when it is refused, and timeout when time is up.
    if (!["0", "1", "124"].includes(code)) throw new Error(`${from}/${pod} cannot try to connect: code ${code}`);
    return code === "0";
}

/** The primary's pod of the database cluster. */
export async function primary(from = namespace): Promise<string> {
    return (await get("clusters.postgresql.cnpg.io", "justdb-db", from)).status.currentPrimary as string;
}

/** Stops PostgreSQL in these instances and in no others, while their pods stay. */
export async function fence(instances: string[], from = namespace): Promise<void> {
    const fenced = `cnpg.io/fencedInstances=${JSON.stringify(instances)}`;
    await kubectl(["-n", from, "annotate", "--overwrite", "clusters.postgresql.cnpg.io/justdb-db", fenced]);
}

/** Runs one SQL statement in the app's database, as the database's administrator, and returns the bare rows. */
export async function sql(statement: string, from = namespace): Promise<string> {
    const line = `psql -qtAX -v ON_ERROR_STOP=1 -d justdb -c ${JSON.stringify(statement).replaceAll("$", "\\$")}`;
    return (await exec(await primary(from), line, from, "postgres")).trim();
}

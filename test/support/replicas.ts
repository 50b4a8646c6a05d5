// How many pods of the app are asked for, and by whom.
import { isDeepStrictEqual } from "node:util";
import { kubectl, waitFor } from "../../sandbox";
import { namespace as own } from "./cluster";

interface Workload {
    metadata: { managedFields: { manager: string; fieldsV1: { "f:spec"?: object } }[] };
    spec: { replicas: number };
}

export interface Replicas {
    count: number;
    owners: string[];
}

export type Kind = "deployment" | "rollouts.argoproj.io";

export async function replicas(kind: Kind = "deployment", namespace = own): Promise<Replicas> {
    const args = ["-n", namespace, "get", kind, "justdb-cloud", "-o", "json", "--show-managed-fields"];
    const { metadata, spec } = JSON.parse(await kubectl(args)) as Workload;
    const owners = metadata.managedFields.filter(({ fieldsV1 }) => "f:replicas" in (fieldsV1["f:spec"] ?? {}));
    return { count: spec.replicas, owners: owners.map(({ manager }) => manager) };
}

export const scale = (count: number, kind: Kind = "deployment", namespace = own) =>
    kubectl(["-n", namespace, "scale", `${kind}/justdb-cloud`, `--replicas=${count}`]);

/** Has the autoscaler choose its maximum: it is asked for one more, and without metrics it takes none away. */
export async function chosenByAutoscaler(most: number, kind?: Kind, namespace?: string): Promise<Replicas> {
    const chosen = { count: most, owners: ["kube-controller-manager"] };
    await scale(most + 1, kind, namespace);
    await waitFor("the autoscaler", 60_000, async () => isDeepStrictEqual(await replicas(kind, namespace), chosen));
    return chosen;
}

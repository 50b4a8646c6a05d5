// The updates of a plan, each made of the object as it was, in a cluster that starts nothing: what does its API server say of them?
import assert from "node:assert/strict";
import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { kubectl } from "../../sandbox";
import { signature } from "../../tools/lib/secret-values";
import type { BareCluster } from "./bare-cluster";
import { anything, withAnything } from "./untold";

interface Definition {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
    spec: unknown;
}

const lists = (items: object[]) => JSON.stringify({ apiVersion: "v1", kind: "List", items });

/** Makes it know the kinds of objects that the sandbox's cluster knows. */
export async function takeDefinitions(cluster: BareCluster): Promise<void> {
    const { items } = JSON.parse(await kubectl(["get", "crd", "-o", "json"])) as { items: Definition[] };
    const definitions = items.map(({ metadata: { name, annotations }, spec }) => {
        const kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
        return { ...kind, metadata: { name, annotations }, spec };
    });
    await cluster.kubectl(["apply", "--server-side", "-f", "-"], lists(definitions));
    await cluster.kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
}

/** As the provider would send it, but for secrets and what a Secret holds. */
function sent(inputs: Record<string, unknown>): Definition {
    const object = inputs.kind === "Secret" ? { ...inputs, data: { username: anything, password: anything } } : inputs;
    const plain = (_: string, value: unknown) =>
        typeof value === "object" && value !== null && signature in value ? anything : value;
    return withAnything(object, plain);
}

/** Under which name the provider applies them. Where nobody says it, it makes one up. */
const managerOf = ({ metadata }: Definition) => metadata.annotations?.["pulumi.com/patchFieldManager"] ?? "pulumi";

const inNamespace = (name: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });

/** Fails with what it refuses. Each plan has namespaces of its own. */
export async function assertUpdatesTaken(cluster: BareCluster, steps: StepEventMetadata[]): Promise<void> {
    const updates = steps
        .filter(({ op, old }) => op === "update" && old?.inputs.apiVersion !== undefined)
        .map(({ old, new: wanted }) => ({ before: sent(old!.inputs), after: sent(wanted!.inputs) }));
    assert.ok(updates.length > 10, `only ${updates.length} objects are updated`);
    const namespaces = updates.map(({ before }) => before.metadata.namespace).filter((name) => name !== undefined);
    const apply = (manager: string, objects: object[], ...more: string[]) => {
        const how = ["--server-side", "--force-conflicts", "--validate=strict", `--field-manager=${manager}`];
        return cluster.kubectl(["apply", ...how, ...more, "-f", "-"], lists(objects));
    };
    await apply("test", [...new Set(namespaces)].map(inNamespace));
    const [before, after] = [updates.map((update) => update.before), updates.map((update) => update.after)];
    await apply(managerOf(before[0]!), before);
    await apply(managerOf(after[0]!), after, "--dry-run=server");
}

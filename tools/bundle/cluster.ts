// The part of the cluster that the stack needs: what is installed, where pods and volumes can be. Names of others' objects stay out.
import { kinds } from "./kinds";
import type { Part } from "./parts";

const nodeLabels = ["kubernetes.io/arch", "topology.kubernetes.io/zone", "node.kubernetes.io/instance-type"];
const nodeColumns = {
    NAME: ".metadata.name",
    CPU: ".status.allocatable.cpu",
    MEMORY: ".status.allocatable.memory",
    PODS: ".status.allocatable.pods",
    TAINTS: ".spec.taints[*].key",
    CONDITIONS: '.status.conditions[?(@.status=="True")].type',
};
const definitionColumns = {
    NAME: ".metadata.name",
    SERVED: ".spec.versions[?(@.served==true)].name",
    STORED: ".status.storedVersions[*]",
    MADE: ".metadata.creationTimestamp",
};

const columns = (named: Record<string, string>) =>
    `custom-columns=${Object.entries(named)
        .map(([name, path]) => `${name}:${path}`)
        .join(",")}`;

/** What the edge may name, where the cluster knows such. */
const edgeKinds = [
    "ingressclasses.networking.k8s.io",
    "gatewayclasses.gateway.networking.k8s.io",
    "clusterissuers.cert-manager.io",
];

/** By file: the arguments of kubectl. */
const questions: Record<string, string[]> = {
    "version.yaml": ["version", "-o", "yaml"],
    "nodes.txt": ["get", "nodes", "-o", "wide", "-L", nodeLabels.join()],
    "nodes-room.txt": ["get", "nodes", "-o", columns(nodeColumns)],
    "nodes-used.txt": ["top", "nodes"],
    "storage-classes.yaml": ["get", "storageclasses", "-o", "yaml"],
    "definitions.txt": ["get", "customresourcedefinitions", "-o", columns(definitionColumns)],
    "api-services.txt": ["get", "apiservices"],
    "webhooks.txt": ["get", "validatingwebhookconfigurations,mutatingwebhookconfigurations"],
};

export const clusterPart: Part = async (collection, { namespace, kubectl }) => {
    await Promise.all([
        ...Object.entries(questions).map(([file, args]) => collection.add(`cluster/${file}`, () => kubectl(args))),
        collection.add("cluster/namespace.yaml", () => kubectl(["get", "namespace", namespace, "-o", "yaml"])),
        collection.add("cluster/classes.txt", async () => {
            const known = await kinds(collection, kubectl, false);
            const there = edgeKinds.filter((kind) => known.includes(kind));
            return there.length > 0 ? kubectl(["get", there.join()]) : "";
        }),
        collection.add("cluster/volumes.txt", async () => {
            const [head = "", ...volumes] = (await kubectl(["get", "pv"])).split("\n");
            return [head, ...volumes.filter((line) => line.includes(` ${namespace}/`))].join("\n");
        }),
    ]);
};

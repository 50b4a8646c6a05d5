// The pods in a Kubernetes object: its own spec, or the template from which a controller makes them.
import type { Field } from "../field";
import { type KubernetesObject, objectsOf } from "./objects";
import { derivedOnce, type Resource } from "../resource";

export type ContainerList = "containers" | "initContainers" | "ephemeralContainers";

export interface Container {
    list: ContainerList;
    fields: Field;
}

export interface Pod {
    object: KubernetesObject;
    /** The metadata of the pod, not of its controller. */
    metadata: Field;
    spec: Field;
    /** The containers of one of the lists. Throws UnknownValue when the list is not known. */
    containers: (list: ContainerList) => Container[];
}

export const containerLists: ContainerList[] = ["containers", "initContainers", "ephemeralContainers"];

/** Where a container tells the kubelet to call or run something: its probes and lifecycle hooks. */
export const handlers = [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
];

/** Where the built-in kinds, and Argo's Rollout, hold their template; [] is the object itself. */
const templates: Record<string, string[]> = {
    "/Pod": [],
    "/PodTemplate": ["template"],
    "/ReplicationController": ["spec", "template"],
    "apps/ReplicaSet": ["spec", "template"],
    "apps/Deployment": ["spec", "template"],
    "apps/StatefulSet": ["spec", "template"],
    "apps/DaemonSet": ["spec", "template"],
    "extensions/ReplicaSet": ["spec", "template"],
    "extensions/Deployment": ["spec", "template"],
    "extensions/DaemonSet": ["spec", "template"],
    "batch/Job": ["spec", "template"],
    "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
    "argoproj.io/Rollout": ["spec", "template"],
};

/** The groups of Kubernetes itself have no dot, or end in k8s.io: what they hold is known. */
const isCustom = (group: string) => group.includes(".") && !group.endsWith(".k8s.io");

function pod(object: KubernetesObject, template: Field): Pod {
    const spec = template.at("spec");
    const containers = (list: ContainerList) => spec.at(list).items.map((fields) => ({ list, fields }));
    return { object, metadata: template.at("metadata"), spec, containers };
}

/** Every `template` with `spec.containers` below a custom resource's spec, as deep as templates are nested in practice. */
function customTemplates(field: Field, depth = 6): Field[] {
    if (depth === 0) return [];
    const inside = [...field.entries.map(([, part]) => part), ...field.items].filter((part) => !part.unknown);
    return inside.flatMap((part) => {
        const isTemplate = part.path.endsWith(".template") && isPodSpec(part.at("spec"));
        return isTemplate ? [part] : customTemplates(part, depth - 1);
    });
}

function isPodSpec(spec: Field): boolean {
    if (spec.unknown) return false;
    const containers = spec.at("containers");
    return containers.unknown || containers.items.length > 0;
}

function podsIn(object: KubernetesObject): Pod[] {
    const path = templates[`${object.group}/${object.kind}`];
    if (path) {
        const template = object.fields.at(...path);
        // A controller without a template, such as a Rollout that refers to a Deployment, or a patch of something else.
        return path.length > 0 && template.absent ? [] : [pod(object, template)];
    }
    if (!isCustom(object.group)) return [];
    return customTemplates(object.fields.at("spec")).map((template) => pod(object, template));
}

/** The pods of a resource. Throws UnknownValue when it cannot be known whether there are any. */
export const podsOf = derivedOnce((resource: Resource): Pod[] => objectsOf(resource).flatMap(podsIn));

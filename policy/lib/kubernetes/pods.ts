// The pods in a Kubernetes object: its own spec, or the template from which a controller makes them.
import type { Field } from "../field";
import { searchCustom } from "./custom-pods";
import { isBuiltIn, type KubernetesObject, objectsOf } from "./objects";
import { type Found, type Pod, podOf } from "./pod";
import { derivedOnce, type Resource } from "../resource";

export * from "./pod";

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

function search(object: KubernetesObject): Found {
    const path = templates[`${object.group}/${object.kind}`];
    if (!path) return isBuiltIn(object.group) ? { pods: [], texts: [] } : searchCustom(object);
    const template = object.fields.at(...path);
    // A controller without a template, such as a Rollout that refers to a Deployment, or a patch of something else.
    return { pods: path.length > 0 && template.absent ? [] : [podOf(object, template)], texts: [] };
}

const found = derivedOnce((resource: Resource): Found[] => objectsOf(resource).map(search));

/** The pods of a resource. Throws UnknownValue when it cannot be known whether there are any. */
export const podsOf = derivedOnce((resource: Resource): Pod[] => found(resource).flatMap(({ pods }) => pods));

/** Texts of a resource that look like a pod's template. Throws UnknownValue. */
export const podTextsOf = (resource: Resource): Field[] => found(resource).flatMap(({ texts }) => texts);

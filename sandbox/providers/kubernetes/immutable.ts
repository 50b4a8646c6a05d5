// Fields that the API server does not let change: a new value means a new object.
import { isBelow, parsePath, type Step } from "../lib/diff";
import { at, type Values } from "../lib/values";
import { kindOfObject } from "./objects";

const selector = ["spec.selector"];

const byKind: Record<string, string[]> = {
    "apps/Deployment": selector,
    "apps/DaemonSet": selector,
    "apps/StatefulSet": [
        "spec.podManagementPolicy",
        "spec.revisionHistoryLimit",
        "spec.selector",
        "spec.serviceName",
        "spec.volumeClaimTemplates",
    ],
    "batch/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
    "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
    "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
    "/PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    "/Pod": ["spec"],
    "/ResourceQuota": ["spec.scopes"],
    "/Service": ["spec.clusterIP"],
};

export interface Mutability {
    configMaps: boolean;
    secrets: boolean;
}

function contentFields(object: Values, mutable: Mutability): string[] {
    const { group, kind } = kindOfObject(object);
    if (group !== "") return [];
    const immutable = at(object, "immutable") === true;
    if (kind === "Secret") return !mutable.secrets || immutable ? ["type", "data", "stringData"] : ["type"];
    if (kind === "ConfigMap") return !mutable.configMaps || immutable ? ["data", "binaryData"] : [];
    return [];
}

/** Whether a change at this path needs a new object. */
export function replaces(path: Step[], object: Values, mutable: Mutability): boolean {
    const { group, kind } = kindOfObject(object);
    const fields = [
        "apiVersion",
        "kind",
        "metadata.name",
        "metadata.namespace",
        ...(byKind[`${group}/${kind}`] ?? []),
        ...contentFields(object, mutable),
    ];
    return fields.some((field) => isBelow(path, parsePath(field)));
}

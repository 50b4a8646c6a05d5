// A pod as the rules see it, whatever makes it.
import type { Field } from "../field";
import type { KubernetesObject } from "./objects";

export type ContainerList = "containers" | "initContainers" | "ephemeralContainers";

export interface Container {
    list: ContainerList;
    fields: Field;
}

export interface Pod {
    object: KubernetesObject;
    /** Whether somebody else fills in what is absent: what a patch changes, or an operator that makes the pod. */
    patch: boolean;
    /** The metadata of the pod, not of its controller. */
    metadata: Field;
    spec: Field;
    /** The containers of one of the lists. Throws UnknownValue when the list is not known. */
    containers: (list: ContainerList) => Container[];
    /** Throws UnknownValue when they are not known. */
    volumes: () => Field[];
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

export function podOf(object: KubernetesObject, template: Field): Pod {
    const spec = template.at("spec");
    const containers = (list: ContainerList) => spec.at(list).items.map((fields) => ({ list, fields }));
    const volumes = () => spec.at("volumes").items;
    return { object, patch: object.patch, metadata: template.at("metadata"), spec, containers, volumes };
}

/** What an object has of pods. */
export interface Found {
    pods: Pod[];
    /** Texts that look like a pod's template, which no rule reads. */
    texts: Field[];
}

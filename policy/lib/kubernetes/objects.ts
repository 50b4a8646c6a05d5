// Kubernetes objects by family: the same kind in every API version, its *Patch and its *List.
import type { Field } from "../field";
import { isRelease, renderedRelease } from "./release";
import { derivedOnce, type Resource } from "../resource";

export interface KubernetesObject {
    /** The API group, "" for core. */
    group: string;
    /** The kind without the `Patch` of Pulumi's patch resources. */
    kind: string;
    /** A patch changes the fields it has and leaves the others, so nothing can be missing in it. */
    patch: boolean;
    fields: Field;
}

/** Components: their children are resources of their own. */
const noObjects = ["helm.sh/", "yaml", "kustomize"];

/**
 * The objects of a resource: one, the items of a list kind, or what a Helm Release renders; none when it is no Kubernetes object.
 * Throws UnknownValue when the items of a list, or a Release's values, are not known.
 */
export const objectsOf = derivedOnce((resource: Resource): KubernetesObject[] => {
    if (isRelease(resource)) {
        const rendered = renderedRelease(resource);
        return "objects" in rendered ? rendered.objects : [];
    }
    const [provider, version, token] = resource.type.split(":");
    if (provider !== "kubernetes" || version === undefined || token === undefined) return [];
    if (noObjects.some((prefix) => version.startsWith(prefix))) return [];
    const slash = version.indexOf("/");
    const named = slash < 0 ? version : version.slice(0, slash);
    const group = named === "core" ? "" : named;
    if (token.endsWith("List") && token !== "List") {
        const kind = token.slice(0, -"List".length);
        return resource.fields.at("items").items.map((fields) => ({ group, kind, patch: false, fields }));
    }
    const patch = token.endsWith("Patch") && token !== "Patch";
    const kind = patch ? token.slice(0, -"Patch".length) : token;
    return [{ group, kind, patch, fields: resource.fields }];
});

/** A kind and the groups it is, or was, in. */
export interface Family {
    kind: string;
    groups: string[];
}

export const isOf = ({ kind, group }: KubernetesObject, family: Family) =>
    kind === family.kind && family.groups.includes(group);

/** The groups of Kubernetes itself: what their objects hold is known. */
const builtIn = new Set([
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "extensions",
    "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
]);

export const isBuiltIn = (group: string) => builtIn.has(group);

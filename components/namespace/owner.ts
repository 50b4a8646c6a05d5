import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../lib/scope";
import type { Resolved } from "../parts";
import { names } from "./names";

/** The annotation by which an object says whose it is. */
export const ownerAnnotation = "justdb-cloud/owner";

/** This stack, and this component in it. */
export const owner = ({ child }: Cluster): string =>
    ownerOf(pulumi.getProject(), pulumi.getStack(), child("namespace"));

export const ownerOf = (project: string, stack: string, resource: string) => [project, stack, resource].join("/");

/** Which object carries the annotation: it is made first of all. */
export function ownedObject({ createNamespace, namespace }: Resolved) {
    const [kind, name, inNamespace] = createNamespace
        ? ["Namespace", namespace, ""]
        : ["LimitRange", names.limits, namespace];
    const kubectl = inNamespace === "" ? "kubectl" : `kubectl -n ${inNamespace}`;
    return {
        kind,
        name,
        namespace: inNamespace,
        what: `namespace ${namespace} belongs to another stack`,
        fix:
            "give this stack a namespace of its own: pulumi config set namespace NAME; or, when the other stack is gone for good: " +
            `${kubectl} annotate ${kind.toLowerCase()} ${name} ${ownerAnnotation}-`,
    };
}

import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import type { Cluster, Waited } from "./scope";
import { createServiceAccount } from "./service-account";

/** A ServiceAccount of this name, and what its pods may ask of the Kubernetes API in the namespace. Ready when they may. */
export function createRights(
    cluster: Cluster,
    prefix: string,
    name: string,
    rules: inputs.rbac.v1.PolicyRule[],
): Waited {
    const { settings, child, metadata, options } = cluster;
    const account = createServiceAccount(cluster, `${prefix}-account`, name);
    const role = new rbac.Role(child(`${prefix}-role`), { metadata: metadata(name), rules }, options());
    const binding = new rbac.RoleBinding(
        child(`${prefix}-binding`),
        {
            metadata: metadata(name),
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
            subjects: [{ kind: "ServiceAccount", name, namespace: settings.namespace }],
        },
        options({ dependsOn: [account, role] }),
    );
    return { ready: [binding] };
}

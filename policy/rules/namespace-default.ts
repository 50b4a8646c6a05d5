import { type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import type { ResourceRule } from "../lib/rule";

/** These guard a namespace, so they are welcome in every one. */
const guards = new Set([
    "/ResourceQuota",
    "/LimitRange",
    "networking.k8s.io/NetworkPolicy",
    "extensions/NetworkPolicy",
]);

/** Kubernetes itself makes these in `default`; who names them hardens them. */
const builtIn = new Set([
    "/ServiceAccount default",
    "/Service kubernetes",
    "discovery.k8s.io/EndpointSlice kubernetes",
]);

/** Charts give these a namespace too; it has no effect. */
const clusterScoped = new Set([
    "/Namespace",
    "/Node",
    "/PersistentVolume",
    "admissionregistration.k8s.io/MutatingAdmissionPolicy",
    "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
    "admissionregistration.k8s.io/MutatingWebhookConfiguration",
    "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
    "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
    "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
    "apiextensions.k8s.io/CustomResourceDefinition",
    "apiregistration.k8s.io/APIService",
    "certificates.k8s.io/CertificateSigningRequest",
    "flowcontrol.apiserver.k8s.io/FlowSchema",
    "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
    "networking.k8s.io/IngressClass",
    "node.k8s.io/RuntimeClass",
    "policy/PodSecurityPolicy",
    "rbac.authorization.k8s.io/ClusterRole",
    "rbac.authorization.k8s.io/ClusterRoleBinding",
    "scheduling.k8s.io/PriorityClass",
    "storage.k8s.io/CSIDriver",
    "storage.k8s.io/CSINode",
    "storage.k8s.io/StorageClass",
    "storage.k8s.io/VolumeAttachment",
]);

function allowed({ group, kind, fields }: KubernetesObject): boolean {
    const type = `${group}/${kind}`;
    if (guards.has(type) || clusterScoped.has(type)) return true;
    const name = fields.at("metadata", "name");
    return !name.unknown && builtIn.has(`${type} ${name.text}`);
}

const problem = "is `default`; everything must be in a namespace of its own purpose";

/**
 * An object without a namespace gets one from its provider, which a rule does not see. The provider writes it into the object before
 * the rules judge it, so `default` is found there too.
 */
export const namespaceDefault: ResourceRule = {
    name: "namespace-default",
    description: "Nothing is in the namespace `default`.",
    severity: "medium",
    level: "mandatory",
    references: ["Kyverno disallow-default-namespace", "CKV_K8S_21", "KSV-0110", "C-0212"],
    remediation: "Make a Namespace for what belongs together, and set metadata.namespace of each object to its name.",
    check: (resource, judge) => {
        if (resource.type === "kubernetes:helm.sh/v3:Release") {
            const namespace = resource.fields.at("namespace");
            if (namespace.text === "default") judge.wrong(namespace, problem);
        }
        judge.each(objectsOf(resource), (object) => {
            const namespace = object.fields.at("metadata", "namespace");
            if (namespace.text === "default" && !allowed(object)) judge.wrong(namespace, problem);
        });
    },
};

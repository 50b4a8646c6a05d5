import type { Field } from "../lib/field";
import { isOf, type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import { type Pod, podsOf } from "../lib/kubernetes/pods";
import type { ResourceRule } from "../lib/rule";

const serviceAccount = { kind: "ServiceAccount", groups: [""] };

interface Setting {
    object: KubernetesObject;
    patch: boolean;
    field: Field;
}

const inPod = ({ object, patch, spec }: Pod): Setting => ({
    object,
    patch,
    field: spec.at("automountServiceAccountToken"),
});
const inAccount = (object: KubernetesObject): Setting => ({
    object,
    patch: object.patch,
    field: object.fields.at("automountServiceAccountToken"),
});
const isAccount = (object: KubernetesObject) => isOf(object, serviceAccount);

export const rbacTokenAutomount: ResourceRule = {
    name: "rbac-token-automount",
    description:
        "No pod is given the token of its service account unasked: each pod says so itself, as what it says holds over what its " +
        "service account says; and so does each service account, for pods that say nothing.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno restrict-automount-sa-token", "CKV_K8S_38", "KSV-0036", "C-0034"],
    remediation:
        "Set automountServiceAccountToken to false in the pod and in the ServiceAccount. A pod that calls the Kubernetes API mounts " +
        "a projected serviceAccountToken volume, which expires, or is exempted.",
    check: (resource, judge) => {
        const check = ({ patch, field }: Setting) => {
            if (field.absent) judge.missing({ patch }, field, "is missing; it must be false");
            else if (field.value !== false) judge.wrong(field, "is not false; it must be");
        };
        judge.each(podsOf(resource), (pod) => check(inPod(pod)));
        judge.each(objectsOf(resource).filter(isAccount), (object) => check(inAccount(object)));
    },
    // A custom resource may not know the field, and who says true may need it.
    remediate: (resource) => {
        const pods = podsOf(resource).map(inPod);
        const accounts = objectsOf(resource).filter(isAccount).map(inAccount);
        const missing = [...pods, ...accounts].filter(
            ({ object, patch, field }) => !patch && !object.group.includes(".") && field.absent,
        );
        for (const { field } of missing) field.put(false);
        return missing.length > 0;
    },
};

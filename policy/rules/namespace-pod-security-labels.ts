import { isOf, objectsOf } from "../lib/kubernetes/objects";
import { namespaceFamily } from "../lib/kubernetes/namespaces";
import { eachObject, type ResourceRule } from "../lib/rule";

/** From weak to strong. */
const levels = ["privileged", "baseline", "restricted"];

const modes = ["enforce", "audit", "warn"] as const;
const labelOf = (mode: (typeof modes)[number]) => ["metadata", "labels", `pod-security.kubernetes.io/${mode}`];

export const namespacePodSecurityLabels: ResourceRule = {
    name: "namespace-pod-security-labels",
    description: "Each namespace makes Kubernetes enforce the Pod Security Standards.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno add-psa-labels"],
    remediation:
        "Set the label pod-security.kubernetes.io/enforce of the Namespace to restricted. With pod-security.kubernetes.io/warn as well, " +
        "Kubernetes also warns of a controller whose pods it would refuse.",
    config: {
        level: {
            type: "string",
            enum: ["baseline", "restricted"],
            default: "restricted",
            description: "the weakest level that a namespace may enforce",
        },
    },
    check: eachObject([namespaceFamily], (namespace, judge, config) => {
        const weakest = levels.indexOf(String(config.level));
        const allowed = levels.slice(weakest).reverse().join(" or ");
        judge.each(modes, (mode) => {
            const label = namespace.fields.at(...labelOf(mode));
            if (label.absent) {
                if (mode === "enforce") judge.missing(namespace, label, `is absent; it must be ${allowed}`);
            } else if (levels.indexOf(label.text ?? "") < weakest) judge.wrong(label, `must be ${allowed}`);
        });
    }),
    remediate: (resource) => {
        let changed = false;
        for (const object of objectsOf(resource)) {
            if (object.patch || !isOf(object, namespaceFamily)) continue;
            const enforced = object.fields.at(...labelOf("enforce"));
            const level = !enforced.unknown && enforced.text === "baseline" ? "baseline" : "restricted";
            for (const mode of modes) {
                const label = object.fields.at(...labelOf(mode));
                if (label.unknown || !label.absent) continue;
                label.put(level);
                changed = true;
            }
        }
        return changed;
    },
};

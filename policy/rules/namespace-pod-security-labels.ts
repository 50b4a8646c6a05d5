import type { Judge } from "../lib/judge";
import { isOf, type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import { namespaceFamily } from "../lib/kubernetes/namespaces";
import { eachObject, type ResourceRule } from "../lib/rule";

/** From weak to strong. */
const levels = ["privileged", "baseline", "restricted"];

const modes = ["enforce", "audit", "warn"] as const;
const labelOf = (mode: (typeof modes)[number]) => ["metadata", "labels", `pod-security.kubernetes.io/${mode}`];

const versionOf = (mode: string) => ["metadata", "labels", `pod-security.kubernetes.io/${mode}-version`];

/** The first minor version whose level has all its checks but those of host probes, which came in 1.34. */
const complete: Record<string, number> = { baseline: 19, restricted: 23 };

/** Kubernetes takes the checks of the version that the label names, for all times. */
function checkVersion(namespace: KubernetesObject, level: string, judge: Judge): void {
    const version = namespace.fields.at(...versionOf("enforce"));
    if (version.absent || version.text === "latest") return;
    const minor = Number(/^v1\.(\d+)$/.exec(version.text ?? "")?.[1]);
    const least = complete[level] ?? 0;
    if (!(minor >= least))
        judge.wrong(
            version,
            `names a version without all checks of ${level}; it must be absent, latest, or v1.${least} or later`,
        );
}

export const namespacePodSecurityLabels: ResourceRule = {
    name: "namespace-pod-security-labels",
    description: "Each namespace makes Kubernetes enforce the Pod Security Standards.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno add-psa-labels"],
    remediation:
        "Set the label pod-security.kubernetes.io/enforce of the Namespace to restricted. With pod-security.kubernetes.io/warn as well, " +
        "Kubernetes also warns of a controller whose pods it would refuse. An enforce-version is best left out, or latest.",
    config: {
        level: {
            type: "string",
            enum: ["baseline", "restricted"],
            default: "restricted",
            description: "the weakest level that a namespace may enforce",
        },
    },
    check: eachObject([namespaceFamily], (namespace, judge, config) => {
        const weakestLevel = String(config.level);
        const weakest = levels.indexOf(weakestLevel);
        const allowed = levels.slice(weakest).reverse().join(" or ");
        judge.each(modes, (mode) => {
            const label = namespace.fields.at(...labelOf(mode));
            if (label.absent) {
                if (mode === "enforce") judge.missing(namespace, label, `is absent; it must be ${allowed}`);
            } else if (levels.indexOf(label.text ?? "") < weakest) judge.wrong(label, `must be ${allowed}`);
        });
        judge.part(() =>
            checkVersion(namespace, namespace.fields.at(...labelOf("enforce")).text ?? weakestLevel, judge),
        );
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

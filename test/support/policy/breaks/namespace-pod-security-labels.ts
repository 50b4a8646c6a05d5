import type { Break } from "../break";
import type { Given } from "../judge";

export const goodNamespace = (): Given => ({
    type: "kubernetes:core/v1:Namespace",
    props: {
        metadata: {
            name: "team",
            labels: {
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/audit": "restricted",
                "pod-security.kubernetes.io/warn": "restricted",
            },
        },
    },
});

const label = (mode: string, value: string, more: Partial<Break> = {}): Break => ({
    rule: "namespace-pod-security-labels",
    title: `${mode} at ${value}`,
    fixture: goodNamespace,
    at: ["metadata", "labels", `pod-security.kubernetes.io/${mode}`],
    value,
    field: `metadata.labels["pod-security.kubernetes.io/${mode}"]`,
    absent: mode === "enforce" ? "wrong" : "fine",
    ...more,
});

export const breaks: Break[] = [
    label("enforce", "baseline"),
    label("enforce", "privileged"),
    label("enforce", "Restricted"),
    label("enforce", "privileged", { config: { level: "baseline" } }),
    label("audit", "baseline"),
    label("warn", "privileged"),
];

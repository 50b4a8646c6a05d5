import type { Break } from "../break";
import { containerBreaks, podBreaks, podKinds, podResource } from "../pods";

const setting = {
    rule: "pod-security-apparmor",
    at: ["securityContext", "appArmorProfile", "type"],
    value: "Unconfined",
    // A profile without a type is none.
    absent: "wrong" as const,
};

const annotation = "container.apparmor.security.beta.kubernetes.io/app";

const ofAnnotations = Object.entries(podKinds).map(([kind, { spec }]): Break => {
    const at = [...spec.slice(0, -1), "metadata", "annotations"];
    return {
        ...setting,
        title: `AppArmor off by an annotation (${kind})`,
        fixture: () => podResource(kind),
        at: [...at, annotation],
        value: "unconfined",
        field: `${at.join(".")}["${annotation}"]`,
        absent: "fine",
    };
});

export const breaks = [
    ...podBreaks({ ...setting, title: "AppArmor off" }),
    ...containerBreaks({ ...setting, title: "AppArmor off for a container" }),
    ...ofAnnotations,
];

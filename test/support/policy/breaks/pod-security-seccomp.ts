import { containerBreaks, podBreaks } from "../pods";

const setting = {
    rule: "pod-security-seccomp",
    at: ["securityContext", "seccompProfile", "type"],
    value: "Unconfined",
    // A profile without a type is none.
    absent: "wrong" as const,
};

export const breaks = [
    ...podBreaks({ ...setting, title: "no seccomp" }),
    ...containerBreaks({ ...setting, title: "no seccomp for a container" }),
];

import { containerBreaks } from "../pods";

export const breaks = containerBreaks({
    rule: "pod-security-proc-mount",
    title: "unmasked /proc",
    at: ["securityContext", "procMount"],
    value: "Unmasked",
    absent: "fine",
});

import { containerBreaks } from "../pods";

export const breaks = containerBreaks({
    rule: "pod-security-privileged",
    title: "privileged",
    at: ["securityContext", "privileged"],
    value: true,
    absent: "fine",
});

import { containerBreaks } from "../pods";

export const breaks = containerBreaks({
    rule: "pod-security-privilege-escalation",
    title: "privilege escalation",
    at: ["securityContext", "allowPrivilegeEscalation"],
    value: true,
    absent: "wrong",
});

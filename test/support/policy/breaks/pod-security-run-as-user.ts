import { containerBreaks, podBreaks } from "../pods";

const setting = { rule: "pod-security-run-as-user", at: ["securityContext", "runAsUser"], value: 0 };

export const breaks = [
    ...podBreaks({ ...setting, title: "root", absent: "fine" }),
    ...containerBreaks({ ...setting, title: "root for a container", absent: "fine" }),
];

import { containerBreaks, podBreaks } from "../pods";

const setting = { rule: "pod-security-run-as-non-root", at: ["securityContext", "runAsNonRoot"], value: false };

export const breaks = [
    ...podBreaks({ ...setting, title: "root allowed", absent: "wrong" }),
    ...containerBreaks({ ...setting, title: "root allowed for a container", absent: "fine" }),
];

import { containerBreaks, podBreaks } from "../pods";

const setting = {
    rule: "pod-security-windows-host-process",
    at: ["securityContext", "windowsOptions", "hostProcess"],
    value: true,
    absent: "fine" as const,
};

export const breaks = [
    ...podBreaks({ ...setting, title: "host process" }),
    ...containerBreaks({ ...setting, title: "host process in a container" }),
];

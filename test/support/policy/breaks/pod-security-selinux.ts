import { containerBreaks, podBreaks } from "../pods";

export const breaks = Object.entries({ type: "spc_t", user: "system_u", role: "system_r" }).flatMap(
    ([option, value]) => {
        const setting = {
            rule: "pod-security-selinux",
            at: ["securityContext", "seLinuxOptions", option],
            value,
            absent: "fine" as const,
        };
        return [
            ...podBreaks({ ...setting, title: `SELinux ${option}` }),
            ...containerBreaks({ ...setting, title: `SELinux ${option} of a container` }),
        ];
    },
);

import { podBreaks } from "../pods";

export const breaks = ["hostNetwork", "hostPID", "hostIPC"].flatMap((flag) =>
    podBreaks({ rule: "pod-security-host-namespaces", title: flag, at: [flag], value: true, absent: "fine" }),
);

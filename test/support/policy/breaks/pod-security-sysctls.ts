import { podBreaks } from "../pods";

const unsafe = "kernel.msgmax";

export const breaks = podBreaks({
    rule: "pod-security-sysctls",
    title: "unsafe sysctl",
    at: ["securityContext", "sysctls", 0, "name"],
    value: unsafe,
    absent: "wrong",
}).map((it) => ({ ...it, field: it.field.replace("[0]", `[${unsafe}]`), unjudged: it.field }));

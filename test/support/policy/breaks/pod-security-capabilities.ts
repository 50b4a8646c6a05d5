import { containerBreaks } from "../pods";

const rule = "pod-security-capabilities";

export const breaks = [
    ...containerBreaks({
        rule,
        title: "not all capabilities dropped",
        at: ["securityContext", "capabilities", "drop"],
        value: ["NET_RAW"],
        absent: "wrong",
    }),
    ...containerBreaks({
        rule,
        title: "a capability added",
        at: ["securityContext", "capabilities", "add"],
        value: ["SYS_ADMIN"],
        absent: "fine",
    }).map((it) => ({ ...it, field: `${it.field}[0]`, unjudged: it.field })),
];

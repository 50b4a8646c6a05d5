import { containerBreaks } from "../pods";

export const breaks = containerBreaks({
    rule: "pod-security-host-ports",
    title: "host port",
    at: ["ports", 0, "hostPort"],
    value: 8080,
    absent: "fine",
});

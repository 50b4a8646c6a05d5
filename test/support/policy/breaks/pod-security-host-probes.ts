import { containerBreaks } from "../pods";

const handlers = [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
];

export const breaks = handlers.flatMap((handler) =>
    ["httpGet", "tcpSocket"].flatMap((action) =>
        containerBreaks({
            rule: "pod-security-host-probes",
            title: `host in ${handler.join(".")}.${action}`,
            at: [...handler, action, "host"],
            value: "10.0.0.1",
            absent: "fine",
        }),
    ),
);

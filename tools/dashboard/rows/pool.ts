import { graph, rate, type Row, stack } from "../panel";

export const poolRow: Row = {
    title: "Connections of the app to PostgreSQL (Hikari)",
    lines: [
        [
            graph({
                title: "Connections",
                description: "Those of all pods together. When all that may be are in use, requests wait for one.",
                unit: "short",
                queries: {
                    "in use": `sum(hikaricp_connections_active{${stack}})`,
                    idle: `sum(hikaricp_connections_idle{${stack}})`,
                    "may be": `sum(hikaricp_connections_max{${stack}})`,
                },
            }),
            graph({
                title: "Requests that wait for a connection",
                description:
                    "More than none for minutes: the pool is too small, or something holds connections, such as a slow query or a lock.",
                unit: "short",
                queries: { "{{pod}}": `sum by (pod) (hikaricp_connections_pending{${stack}})` },
                limits: { warning: 1 },
            }),
            graph({
                title: "Time to get a connection",
                description: "The longest of the last minutes. After 30 s the app gives up, and the request fails.",
                unit: "s",
                queries: { "{{pod}}": `max by (pod) (hikaricp_connections_acquire_seconds_max{${stack}})` },
                limits: { warning: 1, critical: 30 },
            }),
            graph({
                title: "Connections given up",
                description: "How often a second a request got none in time.",
                unit: "ops",
                queries: { "{{pod}}": `sum by (pod) (${rate(`hikaricp_connections_timeout_total{${stack}}`)})` },
            }),
        ],
    ],
};

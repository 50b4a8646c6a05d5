// A stack that can have every alert: what docs/alerts.md lists, and what the tests of the rules are about.
import { resolve } from "../../components/config/resolve";
import { alertGroups, topics } from "../../components/sight/alerts/groups";

export const everything = resolve(
    {
        environment: "prod",
        metricsScrape: "prometheusOperator",
        edge: "gateway",
        gatewayClass: "traefik",
        host: "justdb.example.com",
        ingressNamespace: "traefik",
        ingressPodLabels: { "app.kubernetes.io/name": "traefik" },
        tlsSecret: "justdb-example-com",
        credentialMaxAgeDays: 90,
    },
    "justdb",
);

/** With the subject that they belong to. */
export const everyAlert = topics.map((topic) => ({ topic, alerts: topic.alerts(everything) }));

export const everyGroup = alertGroups(everything);

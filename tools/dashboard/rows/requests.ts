import { requests } from "../../../components/sight/series";
import { graph, rate, type Row, stack } from "../panel";

const all = rate(requests(stack, "count"));
const failed = rate(requests(stack, "count", ',status=~"5.."'));
const refused = rate(requests(stack, "count", ',status=~"[45].."'));

const quantile = (of: number) => `histogram_quantile(${of}, sum by (le) (${rate(requests(stack, "bucket"))}))`;

export const requestsRow: Row = {
    title: "Requests",
    lines: [
        [
            graph({
                title: "Request rate",
                description:
                    "Requests of clients a second, by how they ended. Those of probes and of Prometheus are left out.",
                unit: "reqps",
                queries: { "{{outcome}}": `sum by (outcome) (${all})` },
            }),
            graph({
                title: "Error rate",
                description:
                    "Which part of the requests was answered with an error of the app's own (5xx), and the part that availabilityObjectivePercent allows for.",
                unit: "percentunit",
                queries: {
                    errors: `(sum(${failed}) or vector(0)) / sum(${all})`,
                    allowed: `1 - justdb:availability_objective:ratio{${stack}}`,
                },
            }),
            graph({
                title: "Response time",
                description: "The time within which 50, 95 and 99 percent of the requests were answered.",
                unit: "s",
                queries: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
            }),
        ],
        [
            graph({
                title: "Requests by endpoint",
                description: "Requests of clients a second.",
                unit: "reqps",
                queries: { "{{method}} {{uri}}": `sum by (method, uri) (${all})` },
            }),
            graph({
                title: "Errors by endpoint",
                description:
                    "Requests that were refused (4xx, mistakes of clients) or failed (5xx, errors of the app), a second.",
                unit: "reqps",
                queries: { "{{status}} {{method}} {{uri}}": `sum by (status, method, uri) (${refused})` },
            }),
            graph({
                title: "Mean response time by endpoint",
                description: "Which endpoint is the slow one.",
                unit: "s",
                queries: {
                    "{{method}} {{uri}}": `sum by (method, uri) (${rate(requests(stack, "sum"))}) / sum by (method, uri) (${all})`,
                },
            }),
        ],
    ],
};

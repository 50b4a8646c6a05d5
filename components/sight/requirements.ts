import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { monitoringApi } from "./names";

/** Some programs that read monitors install the definitions of these alone. */
export function requirements({ metricsScrape, postgresMode }: Resolved): Requirement[] {
    if (metricsScrape !== "prometheusOperator") return [];
    return ["ServiceMonitor", ...(postgresMode === "managed" ? ["PodMonitor"] : []), "PrometheusRule"].map((kind) => ({
        api: `${monitoringApi}/${kind}`,
        what: `the Prometheus operator, or its ${kind}, is not installed`,
        fix:
            "install it, once for the cluster: https://prometheus-operator.dev/docs/getting-started/installation/, " +
            "or have the metrics found by annotations: pulumi config set metricsScrape annotations",
    }));
}

import type { Problem } from "../config/error";
import { onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...(s.metricsScrape === "prometheusOperator"
        ? []
        : onlyFor(s, chosen, "metricsScrape", "prometheusOperator", ["metricsIntervalSeconds", "monitorLabels"])),
    ...(s.grafanaDashboard ? [] : onlyFor(s, chosen, "grafanaDashboard", "true", ["grafanaDashboardLabels"])),
];

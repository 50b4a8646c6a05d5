/** How Prometheus finds what tells metrics. */
export const MetricsScrape = {
    /** Not by this stack. */
    None: "none",
    /** By the annotations prometheus.io/scrape, port and path. */
    Annotations: "annotations",
    /** By objects of the Prometheus operator, which holds the alert rules too. */
    PrometheusOperator: "prometheusOperator",
} as const;
export type MetricsScrape = (typeof MetricsScrape)[keyof typeof MetricsScrape];

export interface SightArgs {
    /**
     * How Prometheus finds the metrics of the app, PostgreSQL, Redis and backups: none, annotations (prometheus.io/scrape), or prometheusOperator (ServiceMonitors, a PodMonitor, and the alert rules as a PrometheusRule). Its pods must be in monitoringNamespace.
     * @default "annotations"
     * @example "prometheusOperator"
     */
    metricsScrape?: MetricsScrape;

    /**
     * Seconds between two scrapes. For metricsScrape prometheusOperator.
     * @default 30
     * @example 15
     */
    metricsIntervalSeconds?: number;

    /**
     * Labels of the ServiceMonitors, the PodMonitor and the PrometheusRule, by which a Prometheus selects those that it reads. For metricsScrape prometheusOperator.
     * @default {}
     * @example {"release": "kube-prometheus-stack"}
     */
    monitorLabels?: Record<string, string>;

    /**
     * Percent of requests that the app must answer without an error of its own (status 5xx), over 30 days. Alerts tell how fast the rest is used up.
     * @default 99.9
     * @example 99.5
     */
    availabilityObjectivePercent?: number;

    /**
     * Percent of requests that must be answered within latencyObjectiveMilliseconds, over 30 days.
     * @default 95
     * @example 99
     */
    latencyObjectivePercent?: number;

    /**
     * Milliseconds within which latencyObjectivePercent of the requests must be answered.
     * @default 500
     * @example 250
     */
    latencyObjectiveMilliseconds?: number;

    /**
     * Days after which an alert says that a credential of this stack is due for rotation. 0: never. See docs/runbooks/rotate.md.
     * @default 0
     * @example 90
     */
    credentialMaxAgeDays?: number;

    /**
     * URL of the folder where your people read the runbooks of docs/runbooks. Each alert's runbook_url begins with it. Empty: it is the path in this package.
     * @default ""
     * @example "https://git.example.com/platform/justdb-cloud/src/docs/runbooks"
     */
    runbooksUrl?: string;

    /**
     * Whether a ConfigMap holds the dashboard, which Grafana's sidecar finds by grafanaDashboardLabels.
     * @default true with metricsScrape prometheusOperator, else false
     * @example true
     */
    grafanaDashboard?: boolean;

    /**
     * Labels of the dashboard's ConfigMap, by which Grafana's sidecar finds it.
     * @default {"grafana_dashboard": "1"}
     * @example {"grafana_dashboard": "1"}
     */
    grafanaDashboardLabels?: Record<string, string>;
}

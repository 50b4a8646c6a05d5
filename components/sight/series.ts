// What the alert rules and the dashboard ask Prometheus for. A series is known by its namespace and by what its own program says of
// itself: how Prometheus found it (job, service, endpoint) differs from cluster to cluster.

/** Names the namespace: its own name in rules, a variable in the dashboard. */
export type Matchers = string;

export const inNamespace = (namespace: string): Matchers => `namespace="${namespace}"`;

/** What probes and scrapes ask for says nothing of what clients meet. */
export const ownUris = "(/health|/actuator)(/.*)?";

/** Requests of clients, by what Micrometer calls them: count, sum, bucket. */
export const requests = (of: Matchers, suffix: "count" | "sum" | "bucket", more = "") =>
    `http_server_requests_seconds_${suffix}{${of},uri!~"${ownUris}"${more}}`;

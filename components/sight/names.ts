import { names as app } from "../app/names";
import { names as database } from "../database/names";

export const names = {
    /** Service of all pods of the app. */
    appMetrics: `${app.app}-metrics`,
    /** Service of all instances of PostgreSQL. */
    databaseMetrics: `${database.cluster}-metrics`,
    dashboard: `${app.app}-dashboard`,
} as const;

/** Where the app tells its metrics; all others do at /metrics. */
export const appMetricsPath = "/actuator/prometheus";

/** The Prometheus operator's own. */
export const monitoringApi = "monitoring.coreos.com/v1";

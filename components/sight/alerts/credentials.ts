// Over what the exporter (metrics.py) tells of the credentials that this stack makes.
import type { Resolved } from "../../parts";
import { type Alert, series, type Topic } from "./rule";

const alerts = (s: Resolved): Alert[] => {
    if (s.credentialMaxAgeDays === 0) return [];
    const age = `time() - ${series(s, "justdb_credential_created_timestamp_seconds")}`;
    const mostAge = series(s, "justdb_credential_max_age_seconds");
    return [
        {
            alert: "JustDbCredentialOld",
            severity: "warning",
            expr: `${age} > on (namespace, pod) group_left () ${mostAge}`,
            for: "1h",
            summary: "A credential of JustDB Cloud is due for rotation",
            description:
                "{{ $labels.credential }} was made {{ $value | humanizeDuration }} ago, which is more than credentialMaxAgeDays. Raise its number by one.",
            runbook: "rotate.md#alerts",
        },
        {
            alert: "JustDbCredentialMetricsAbsent",
            severity: "warning",
            // A stack whose credentials are all given by others has no age to tell, but for the one that is too old.
            expr: `absent(${mostAge})`,
            for: "15m",
            summary: "Nobody tells how old the credentials of JustDB Cloud are",
            description:
                "The exporter justdb-backup-metrics does not tell it: it is gone, or of an earlier version, or Prometheus does not reach it. Look first at its pod.",
            runbook: "rotate.md#no-metric",
        },
    ];
};

export const credentials: Topic = {
    name: "credentials",
    title: "Credentials",
    needs: "With credentialMaxAgeDays",
    alerts,
};

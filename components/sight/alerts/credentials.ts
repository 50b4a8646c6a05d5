// Over what the exporter (metrics.py) tells of the credentials that this stack makes.
import type { Resolved } from "../../parts";
import { type Alert, series, type Topic } from "./rule";

const alerts = (s: Resolved): Alert[] => {
    if (s.credentialMaxAgeDays === 0) return [];
    const age = `time() - ${series(s, "justdb_credential_created_timestamp_seconds")}`;
    return [
        {
            alert: "JustDbCredentialOld",
            severity: "warning",
            expr: `${age} > on (namespace, pod) group_left () ${series(s, "justdb_credential_max_age_seconds")}`,
            for: "1h",
            summary: "A credential of JustDB Cloud is due for rotation",
            description:
                "{{ $labels.credential }} was made {{ $value | humanizeDuration }} ago, which is more than credentialMaxAgeDays. Raise its number by one.",
            runbook: "rotate.md#alerts",
        },
    ];
};

export const credentials: Topic = {
    name: "credentials",
    title: "Credentials",
    needs: "With credentialMaxAgeDays",
    alerts,
};

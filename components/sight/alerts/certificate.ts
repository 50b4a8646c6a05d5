// Over what the exporter (metrics.py) tells of the certificate that the edge ends TLS with.
import { tlsSecretName } from "../../edge/tls";
import type { Resolved } from "../../parts";
import { type Alert, series, type Topic } from "./rule";

const notAfter = (s: Resolved) => series(s, "justdb_certificate_not_after_timestamp_seconds");

/** Less than so many days are left, and less than such a part of its life: one that lives for a week is renewed within its last days. */
function expires(s: Resolved, days: number, part: number): string {
    const life = `(${notAfter(s)} - ${series(s, "justdb_certificate_not_before_timestamp_seconds")})`;
    return `${notAfter(s)} - time() < ${days * 24 * 3600}\nand ${notAfter(s)} - time() < ${part} * ${life}`;
}

const alerts = (s: Resolved): Alert[] => {
    const secret = tlsSecretName(s);
    if (secret === "") return [];
    const left = `The certificate of ${s.host} has {{ $value | humanizeDuration }} left`;
    const first =
        s.tlsIssuer === ""
            ? `Put a new one into the Secret ${secret}.`
            : `cert-manager should have renewed it: look first at the Certificate ${secret}.`;
    return [
        {
            alert: "JustDbCertificateExpiresSoon",
            severity: "critical",
            expr: expires(s, 3, 0.1),
            for: "15m",
            summary: "The certificate of JustDB Cloud expires within days, or has expired",
            description: `${left}. After that no client connects any more. ${first}`,
            runbook: "certificate.md#expires",
        },
        {
            alert: "JustDbCertificateExpires",
            severity: "warning",
            expr: expires(s, 21, 0.25),
            for: "1h",
            summary: "The certificate of JustDB Cloud is due to be renewed",
            description: `${left}. ${first}`,
            runbook: "certificate.md#expires",
        },
        {
            alert: "JustDbCertificateMetricAbsent",
            severity: "warning",
            expr: `absent(${notAfter(s)})`,
            for: "15m",
            summary: "Nobody tells when the certificate of JustDB Cloud expires",
            description: `The exporter justdb-backup-metrics does not tell it: it is gone, or the Secret ${secret} is, or there is no certificate under tls.crt. Its log says which.`,
            runbook: "certificate.md#no-metric",
        },
    ];
};

export const certificate: Topic = {
    name: "certificate",
    title: "Certificate",
    needs: "With tlsSecret or tlsIssuer",
    alerts,
};

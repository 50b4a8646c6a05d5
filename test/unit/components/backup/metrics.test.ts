import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { waysOf } from "../../../support/policies";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { bucket, environmentOf, rightsOf } from "../../../support/operations";

const name = "justdb-backup-metrics";
const pod = "spec.template.spec";

describe("metrics of backups", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    it("come from one pod, with a key that reads manifests and results alone", () => {
        assert.equal(made.at(name, "spec.replicas"), 1);
        assert.equal(made.at(name, "spec.strategy.type"), "Recreate");
        assert.deepEqual(
            rightsOf(made, `${name}-user-policy`),
            [
                `s3:ListBucket ${bucket("backups")}`,
                `s3:ListBucketVersions ${bucket("backups")}`,
                `s3:GetObject ${bucket("backups")}/backups/*/manifest.json*`,
                `s3:GetObjectVersion ${bucket("backups")}/backups/*/manifest.json*`,
                `s3:GetObject ${bucket("backups")}/drills/*`,
                `s3:GetObjectVersion ${bucket("backups")}/drills/*`,
            ].sort(),
        );
        const { AWS_ACCESS_KEY_ID, PGHOST } = environmentOf(made, name, pod);
        assert.deepEqual(AWS_ACCESS_KEY_ID, { name, key: "aws-access-key-id" });
        assert.equal(PGHOST, undefined);
        assert.ok(waitsFor(made.get(name), `${name}-credentials`));
        assert.ok(waitsFor(made.get(name), "justdb-operations"));
    });

    it("tell when each credential was made, and never what it is", async () => {
        const made = await plan({ postgresPasswordGeneration: 2, credentialMaxAgeDays: 90 });
        const { CREDENTIALS, CREDENTIAL_MAX_AGE_SECONDS } = environmentOf(made, name, pod);
        assert.equal(CREDENTIAL_MAX_AGE_SECONDS, String(90 * 24 * 3600));
        const created = "2026-01-11T02:15:00Z";
        const passwords = ["jwt", "postgres-backup", "postgres-login", "postgres-restore", "redis"];
        const keys = ["app", "archive", "backup", "backup-metrics", "drill", "restore"].map((of) => `${of}-access-key`);
        const told = JSON.parse(CREDENTIALS as string) as { name: string }[];
        const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
        const all = [...passwords, ...keys].map((credential) => ({ name: credential, created }));
        assert.deepEqual(told.sort(byName), all.sort(byName));
        assert.deepEqual(made.get(name).secrets, []);
    });

    it("are served to the namespace of Prometheus and to the doctor only", () => {
        assert.deepEqual(
            waysOf({ monitoringNamespace: "observability" }, "backup-metrics").filter((way) => way.includes("<")),
            ["backup-metrics < observability/* :9187", "backup-metrics < justdb-doctor :9187"],
        );
        assert.deepEqual(
            waysOf({ metricsScrape: "none" }, "backup-metrics").filter((way) => way.includes("<")),
            ["backup-metrics < justdb-doctor :9187"],
        );
    });

    it("are found by their Service", () => {
        assert.deepEqual(made.at(`${name}-service`, "spec"), {
            selector: { app: name },
            ports: [{ name: "metrics", port: 9187, targetPort: "metrics" }],
        });
        assert.equal(made.at(name, "spec.template.metadata.labels.app"), name);
        assert.equal(made.at(name, `${pod}.containers.0.ports.0.containerPort`), 9187);
    });

    it("tell of no certificate where none ends TLS in the cluster", () => {
        assert.equal(environmentOf(made, name, pod).CERTIFICATE_FILE, undefined);
        const volumes = made.at(name, `${pod}.volumes`) as { name: string }[];
        assert.deepEqual(
            volumes.map((volume) => volume.name),
            ["operations", "tmp"],
        );
    });

    it("tell of the edge's certificate, from the Secret's certificate alone, which may be missing", async () => {
        const edge: JustDbCloudArgs = {
            edge: "gateway",
            gatewayClass: "traefik",
            host: "justdb.example.com",
            edgeCidrs: ["10.20.0.0/24"],
        };
        for (const [tls, secretName] of [
            [{ tlsSecret: "justdb-example-com" }, "justdb-example-com"],
            [{ tlsIssuer: "ClusterIssuer/letsencrypt" }, "justdb-tls"],
        ] as const) {
            const withTls = await plan({ ...edge, ...tls });
            assert.equal(environmentOf(withTls, name, pod).CERTIFICATE_FILE, "/certificate/tls.crt");
            const items = [{ key: "tls.crt", path: "tls.crt" }];
            assert.deepEqual(withTls.at(name, `${pod}.volumes.2`), {
                name: "file",
                secret: { secretName, items, optional: true, defaultMode: 0o440 },
            });
            const mounts = withTls.at(name, `${pod}.containers.0.volumeMounts`) as unknown[];
            assert.deepEqual(mounts.at(-1), { name: "file", mountPath: "/certificate", readOnly: true });
        }
    });

    it("has a restricted pod, bounded, probed, without a token", () => {
        assert.equal(made.at(name, `${pod}.serviceAccountName`), name);
        assert.equal(made.at(name, `${pod}.automountServiceAccountToken`), false);
        assert.equal(made.at(name, `${pod}.securityContext.runAsUser`), 26);
        assert.equal(made.at(name, `${pod}.containers.0.securityContext.readOnlyRootFilesystem`), true);
        assert.equal(made.at(name, `${pod}.containers.0.resources.limits.memory`), "192Mi");
        for (const probe of ["readinessProbe", "livenessProbe"]) {
            assert.equal(made.at(name, `${pod}.containers.0.${probe}.httpGet.path`), "/health");
        }
    });
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { JustDbCloudArgs } from "../../../../components";
import { scheduleOrNever } from "../../../../components/lib/schedule";
import { generated, plan, secretValues, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { bucket, environmentOf, pod, rightsOf } from "../../../support/operations";

const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresPort: 6432,
    postgresSslMode: "verify-full",
    postgresCidrs: ["10.1.0.0/24"],
    postgresExistingSecret: "db",
};

describe("backup", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    it("is made every night, never two at once, and kept for 30 days", () => {
        assert.equal(made.at("justdb-backup", "spec.schedule"), "15 2 * * *");
        assert.equal(made.at("justdb-backup", "spec.timeZone"), "Etc/UTC");
        assert.equal(made.at("justdb-backup", "spec.suspend"), false);
        assert.equal(made.at("justdb-backup", "spec.concurrencyPolicy"), "Forbid");
        assert.deepEqual(made.at("justdb-backups-lifecycle", "rules.1"), {
            id: "expire-backups",
            status: "Enabled",
            filter: { prefix: "backups/" },
            expiration: { days: 30 },
        });
        assert.equal(made.at("justdb-schemas-lifecycle", "rules.1"), undefined);
    });

    it("is made on the schedule that is set, or only by hand", async () => {
        const hourly = await plan({ backupSchedule: "0 * * * *", backupRetentionDays: 7 });
        assert.equal(hourly.at("justdb-backup", "spec.schedule"), "0 * * * *");
        assert.equal(hourly.at("justdb-backups-lifecycle", "rules.1.expiration.days"), 7);
        const never = await plan({ backupSchedule: "never" });
        assert.equal(never.at("justdb-backup", "spec.suspend"), true);
    });

    it("knows a schedule from what is none", () => {
        for (const good of [
            "never",
            "@daily",
            "15 2 * * *",
            "*/5 0-6 1,15 jan-mar MON-FRI",
            "0 0 31 12 6",
            "*/90 * * * *",
        ]) {
            assert.ok(scheduleOrNever.test(good), good);
        }
        for (const bad of [
            "",
            "daily",
            "Never",
            "60 * * * *",
            "* 24 * * *",
            "0 0 0 * *",
            "0 0 * 13 *",
            "0 0 * * 7",
            "* * * *",
            "0 17-8 * * *",
            "0 0 * * sat-sun",
        ]) {
            assert.ok(!scheduleOrNever.test(bad), bad);
        }
    });

    it("has a key that adds backups, and neither reads, replaces settings, nor deletes", () => {
        assert.deepEqual(
            rightsOf(made, "justdb-backup-user-policy"),
            [
                `s3:ListBucket ${bucket("schemas")}`,
                `s3:ListBucketVersions ${bucket("schemas")}`,
                `s3:GetObject ${bucket("schemas")}/schemas/*`,
                `s3:GetObjectVersion ${bucket("schemas")}/schemas/*`,
                `s3:ListBucket ${bucket("backups")}`,
                `s3:PutObject ${bucket("backups")}/backups/*`,
                `s3:AbortMultipartUpload ${bucket("backups")}/backups/*`,
            ].sort(),
        );
    });

    it("has another key for restores, that reads backups and writes schemas", () => {
        assert.deepEqual(
            rightsOf(made, "justdb-restore-user-policy"),
            [
                `s3:ListBucket ${bucket("schemas")}`,
                `s3:ListBucketVersions ${bucket("schemas")}`,
                `s3:ListBucket ${bucket("backups")}`,
                `s3:ListBucketVersions ${bucket("backups")}`,
                `s3:GetObject ${bucket("backups")}/backups/*`,
                `s3:GetObjectVersion ${bucket("backups")}/backups/*`,
                `s3:GetObject ${bucket("schemas")}/schemas/*`,
                `s3:GetObjectVersion ${bucket("schemas")}/schemas/*`,
                `s3:PutObject ${bucket("schemas")}/schemas/*`,
            ].sort(),
        );
    });

    it("hands each key to its own pod only", () => {
        for (const part of ["backup", "restore"]) {
            const secret = `justdb-${part}-credentials`;
            assert.deepEqual(made.get(secret).secrets, ["data"]);
            assert.equal(made.texts(secret)["aws-secret-access-key"], secretValues.accessKey);
            const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environmentOf(made, `justdb-${part}`);
            assert.deepEqual(AWS_ACCESS_KEY_ID, { name: `justdb-${part}`, key: "aws-access-key-id" });
            assert.deepEqual(AWS_SECRET_ACCESS_KEY, { name: `justdb-${part}`, key: "aws-secret-access-key" });
            assert.ok(waitsFor(made.get(`justdb-${part}`), `justdb-${part}-credentials`));
            assert.ok(waitsFor(made.get(`justdb-${part}-access-key`), `justdb-${part}-user-policy`));
        }
    });

    it("is sealed with a key that is kept, in a Secret of its own that only pods of backups see", async () => {
        assert.deepEqual(made.texts("justdb-backup-seal"), { "seal-key": generated("justdb-backup-seal-key", 64) });
        assert.deepEqual(made.get("justdb-backup-seal").secrets, ["data"]);
        const all = await plan({ restoreFrom: "s3://acme-backups/justdb-db-89abcdef/latest" });
        const holders = all.resources.filter(({ inputs }) => JSON.stringify(inputs).includes('"SEAL_KEY"'));
        assert.deepEqual(
            holders.map(({ name }) => name).sort(),
            ["backup", "backup-metrics", "drill", "migrations", "restore", "restore-from"].map((of) => `justdb-${of}`),
        );
        for (const { name } of holders) assert.ok(waitsFor(all.get(name), "justdb-backup-seal"), name);
        const reference = { name: "justdb-backup-seal", key: "seal-key" };
        assert.deepEqual(environmentOf(made, "justdb-backup").SEAL_KEY, reference);
        const mentions = (one: unknown) => JSON.stringify(one).split("SEAL_KEY").length - 1;
        assert.equal(mentions(all.get("justdb-migrations").inputs), 1, "the step of the backup alone");
    });

    it("comes to a managed PostgreSQL with roles of its own, which the operator makes", () => {
        assert.deepEqual(made.at("justdb-postgres", "values.roles"), [
            {
                name: "justdb_backup",
                createdb: false,
                inRoles: ["pg_read_all_data"],
                passwordSecret: "justdb-postgres-backup",
            },
            {
                name: "justdb_restore",
                createdb: true,
                inRoles: ["justdb", "pg_signal_backend", "pg_monitor"],
                passwordSecret: "justdb-postgres-restore",
            },
        ]);
        for (const part of ["backup", "restore"]) {
            assert.deepEqual(made.texts(`justdb-postgres-${part}`), {
                username: `justdb_${part}`,
                password: generated(`justdb-postgres-${part}-password`, 32),
            });
            const env = environmentOf(made, `justdb-${part}`);
            assert.equal(env.PGUSER, `justdb_${part}`);
            assert.deepEqual(env.PGPASSWORD, { name: `justdb-postgres-${part}`, key: "password" });
            assert.equal(env.PGHOST, "justdb-postgres.justdb-cloud.svc");
            assert.equal(env.PGPORT, "5432");
            assert.equal(env.PGSSLMODE, "verify-full");
            assert.ok(waitsFor(made.get("justdb-postgres"), `justdb-postgres-${part}`));
        }
    });

    it("comes to an external PostgreSQL as the role that is set", async () => {
        const elsewhere = await plan(external);
        for (const part of ["backup", "restore"]) {
            assert.equal(elsewhere.has(`justdb-postgres-${part}`), false);
            const env = environmentOf(elsewhere, `justdb-${part}`);
            assert.equal(env.PGUSER, "justdb");
            assert.deepEqual(env.PGPASSWORD, { name: "db", key: "password" });
            assert.equal(env.PGHOST, "db.example.com");
            assert.equal(env.PGPORT, "6432");
            assert.equal(env.PGSSLMODE, "verify-full");
            assert.equal(env.PGSSLROOTCERT, "system");
        }
        assert.equal(environmentOf(elsewhere, "justdb-restore").VOLUME_BYTES, "0");
    });

    it("runs in PostgreSQL's image, or in the one that is set", async () => {
        const image = `${pod}.containers.0.image`;
        assert.equal(made.at("justdb-backup", image), "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie");
        const other = await plan({ backupImage: "registry.example.com/tools:1" });
        assert.equal(other.at("justdb-restore", image), "registry.example.com/tools:1");
    });

    it("carries every script, and new ones show on the pod", () => {
        const files = readdirSync(join(__dirname, "../../../../components/backup/scripts"), {
            recursive: true,
        }) as string[];
        const scripts = files.filter((file) => file.endsWith(".py")).map((file) => basename(file));
        assert.ok(scripts.includes("backup.py") && scripts.includes("objects.py"));
        assert.deepEqual(Object.keys(made.at("justdb-operations", "data") as object).sort(), scripts.sort());
        assert.match(
            made.at(
                "justdb-backup",
                "spec.jobTemplate.spec.template.metadata.annotations.[justdb.cloud/scripts]",
            ) as string,
            /^[0-9a-f]{16}$/,
        );
    });

    it("is tried again when it fails, but not when somebody must look", () => {
        assert.equal(made.at("justdb-backup", "spec.jobTemplate.spec.backoffLimit"), 2);
        assert.deepEqual(made.at("justdb-backup", "spec.jobTemplate.spec.podFailurePolicy.rules"), [
            { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
            { action: "FailJob", onExitCodes: { operator: "In", values: [3] } },
        ]);
    });

    it("has the time, the CPU and the memory that are set, like a restore, a drill and the backup before migrations", async () => {
        const large = await plan({
            operationsDeadlineHours: 24,
            operationsCpuLimit: "4",
            operationsMemoryLimit: "2Gi",
            restoreFrom: "s3://acme-backups/latest",
        });
        const limits = { cpu: "4", memory: "2Gi" };
        for (const name of ["backup", "restore", "drill"].map((part) => `justdb-${part}`)) {
            assert.equal(made.at(name, "spec.jobTemplate.spec.activeDeadlineSeconds"), 6 * 3600);
            assert.equal(large.at(name, "spec.jobTemplate.spec.activeDeadlineSeconds"), 24 * 3600);
            assert.deepEqual(large.at(name, `${pod}.containers.0.resources.limits`), limits);
        }
        assert.deepEqual(large.at("justdb-migrations", "spec.template.spec.initContainers.1.resources.limits"), limits);
        assert.equal(large.at("justdb-restore-from", "spec.activeDeadlineSeconds"), 24 * 3600);
        assert.equal(large.get("justdb-restore-from").createTimeout, `${24 * 3600 + 600}s`);
        await assert.rejects(plan({ operationsCpuLimit: "50m" }), /operationsCpuLimit[\s\S]*at least 100m/);
    });

    it("calls an S3 API that is not AWS's without the checksums that it may not know, like the archive", async () => {
        const elsewhere = await plan({ storageEndpoint: "https://s3.internal.example.com" });
        const ofArchive = elsewhere.at("justdb-archive", "spec.instanceSidecarConfiguration.env") as { name: string }[];
        const names = ofArchive.map(({ name }) => name);
        assert.deepEqual(names, ["AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"]);
        for (const part of ["backup", "restore", "drill"]) {
            const [known, ofAws] = [elsewhere, made].map((plan) => environmentOf(plan, `justdb-${part}`));
            for (const { name, value } of ofArchive as { name: string; value: string }[]) {
                assert.equal(known![name], value);
                assert.equal(ofAws![name], undefined);
            }
        }
    });

    it("never starts a restore by itself", () => {
        assert.equal(made.at("justdb-restore", "spec.suspend"), true);
        assert.equal(made.at("justdb-restore", "spec.jobTemplate.spec.backoffLimit"), 0);
        const env = environmentOf(made, "justdb-restore");
        assert.equal(env.FROM, "");
        assert.equal(env.OPERATION, "restore");
        assert.equal(env.VOLUME_BYTES, String(20 * 2 ** 30));
    });

    it("tells a restore how the app's caches are emptied", async () => {
        const roll = "kubectl -n justdb-cloud rollout restart deployment/justdb-cloud";
        const inCluster = "kubectl -n justdb-cloud exec justdb-redis-0 -- redis-cli flushall";
        assert.equal(environmentOf(made, "justdb-restore").EMPTY_CACHES, `${inCluster} && ${roll}`);
        const redis = { redisMode: "external", redisHost: "cache.example.com", redisTls: true } as const;
        const external = await plan({ ...redis, redisExistingSecret: "redis", redisCidrs: ["10.1.0.0/24"] });
        const command = `redis-cli -h cache.example.com -p 6379 --tls --askpass flushall && ${roll}`;
        assert.equal(environmentOf(external, "justdb-restore").EMPTY_CACHES, command);
        const rollout = await plan({ delivery: "blueGreen", edge: "none" });
        const restart = "kubectl argo rollouts -n justdb-cloud restart justdb-cloud";
        assert.equal(environmentOf(rollout, "justdb-restore").EMPTY_CACHES, `${inCluster} && ${restart}`);
    });

    for (const part of ["backup", "restore"]) {
        it(`${part}: its pod is restricted, bounded, and has no token`, () => {
            const name = `justdb-${part}`;
            assert.equal(made.at(name, `${pod}.serviceAccountName`), name);
            assert.equal(made.at(name, `${pod}.automountServiceAccountToken`), false);
            assert.equal(made.at(`${name}-account`, "automountServiceAccountToken"), false);
            assert.equal(made.at(name, `${pod}.securityContext.runAsUser`), 26);
            assert.equal(made.at(name, `${pod}.containers.0.securityContext.readOnlyRootFilesystem`), true);
            assert.deepEqual(made.at(name, `${pod}.containers.0.resources`), {
                requests: { cpu: "100m", memory: "128Mi" },
                limits: { cpu: "1", memory: "512Mi" },
            });
            assert.equal(
                made.at(name, "spec.jobTemplate.spec.template.metadata.labels.app"),
                name,
                "its NetworkPolicies find it",
            );
        });
    }

    it("waits for the database and the scripts", () => {
        assert.ok(waitsFor(made.get("justdb-backup"), "justdb-postgres"));
        assert.ok(waitsFor(made.get("justdb-backup"), "justdb-operations"));
    });

    it("refuses a schedule that is none, and PostgreSQL users with its own roles' names", async () => {
        await assert.rejects(plan({ backupSchedule: "every night" }), /backupSchedule[\s\S]*never, or a cron schedule/);
        await assert.rejects(plan({ postgresUser: "justdb_restore" }), /postgresUser/);
    });
});

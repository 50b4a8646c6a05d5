import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { checksum } from "../../../../components/lib/checksum";
import { readChangelog } from "../../../../components/migrations/changelog";
import { at, plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const pod = "spec.template.spec";
const update = `${pod}.containers.0`;
const folder = join(__dirname, "../../../../components/migrations/sql");
const { files, hash } = readChangelog();

/** What was released. A change is added here with its file, and never altered. */
const released = {
    "001-api-keys.sql": "f6e70cef10de53b6",
    "002-audit-logs.sql": "fc2fb487dded610e",
    "003-schema-versions.sql": "aa7c754abb6b22a1",
    "004-schema-versions-by-url.sql": "5f94d40aa2694dc2",
    "005-audit-logs-by-api-key.sql": "f012b30292fcf106",
};

interface Include {
    include: { file: string };
}

describe("the changelog", () => {
    const changes = Object.entries(files).filter(([file]) => file.endsWith(".sql"));

    it("holds every change once, in the order of their numbers", () => {
        const { databaseChangeLog } = load(files["changelog.yaml"]!) as { databaseChangeLog: Include[] };
        const included = databaseChangeLog.map(({ include }) => include.file);
        assert.deepEqual(
            included,
            changes.map(([file]) => file),
        );
        assert.ok(included.every((file, i) => file.startsWith(`${String(i + 1).padStart(3, "0")}-`)));
    });

    it("holds what was released, unaltered", () => {
        assert.deepEqual(Object.fromEntries(changes.map(([file, text]) => [file, checksum(text)])), released);
    });

    for (const [file, text] of changes) {
        it(`${file} is one change with a rollback, whose identity is not its place`, () => {
            assert.equal(text.match(/^--changeset /gm)?.length, 1);
            assert.match(text, /^\/\* liquibase rollback$/m);
            assert.match(text, new RegExp(`^--liquibase formatted sql logicalFilePath:justdb/${file}$`, "m"));
            assert.match(
                text,
                new RegExp(`^--changeset justdb:${file.slice(0, 3)} splitStatements:false rollbackSplit`, "m"),
            );
        });
    }

    it("makes the guide's tables, column for column", () => {
        const guide = readFileSync(join(__dirname, "../../../support/guide-tables.sql"), "utf8");
        const plain = (sql: string) =>
            sql
                .replace(/^--.*$/gm, "")
                .replaceAll(/\s+/g, " ")
                .replaceAll(/ ?([(),;]) ?/g, "$1")
                .trim();
        const tables = changes.flatMap(([, text]) => /^CREATE TABLE [^;]*;/m.exec(text) ?? []);
        assert.deepEqual(plain(tables.join("\n")), plain(guide));
    });

    it("has another hash when any of its files changes, and the same otherwise", () => {
        const copy = mkdtempSync(join(tmpdir(), "changelog-"));
        try {
            for (const [file, text] of Object.entries(files)) writeFileSync(join(copy, file), text);
            assert.equal(readChangelog(copy).hash, hash);
            writeFileSync(join(copy, "006-more.sql"), "");
            assert.notEqual(readChangelog(copy).hash, hash);
        } finally {
            rmSync(copy, { recursive: true });
        }
        assert.deepEqual(readChangelog(folder), { files, hash });
    });
});

describe("migrations", () => {
    it("run in a Job and from a ConfigMap of the changelog's hash", async () => {
        const made = await plan({});
        const name = `justdb-migrations-${hash}`;
        assert.equal(made.at("justdb-migrations", "metadata.name"), name);
        assert.equal(made.at("justdb-migrations-changelog", "metadata.name"), name);
        assert.deepEqual(made.at("justdb-migrations-changelog", "data"), files);
        assert.deepEqual(made.at("justdb-migrations", `${pod}.volumes.0`), { name: "changelog", configMap: { name } });
    });

    it("come after the database, its password and the NetworkPolicies, and before everything of the app", async () => {
        const made = await plan({});
        const job = made.get("justdb-migrations");
        const before = ["justdb-secrets", "justdb-migrations-changelog", "justdb-network-migrations"];
        for (const name of before) assert.ok(waitsFor(job, name), name);
        assert.ok(job.dependencies.some((urn) => urn.includes("helm.sh/v4:Chart")));
        for (const name of ["justdb-deployment", "justdb-config", "justdb-service", "justdb-autoscaler"]) {
            assert.ok(waitsFor(made.get(name), "justdb-migrations"), name);
        }
    });

    it("end with their first pod that fails, are not ended by a drained node, and are made again after a failure", async () => {
        const made = await plan({});
        const spec = at(made.get("justdb-migrations").inputs, "spec") as Record<string, unknown>;
        assert.equal(spec.backoffLimit, 0);
        assert.equal(spec.ttlSecondsAfterFinished, undefined, "a Job that went by itself would be made again");
        assert.deepEqual(at(spec, "podFailurePolicy.rules"), [
            { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
        ]);
        const annotation = "metadata.annotations.[pulumi.com/replaceUnready]";
        assert.equal(made.at("justdb-migrations", annotation), "true");
    });

    it("connect as the owner of the database, under the pod's name", async () => {
        const made = await plan({ postgresDatabase: "shop", postgresUser: "clerk" });
        const env = made.at("justdb-migrations", `${update}.env`) as {
            name: string;
            value?: string;
            valueFrom?: unknown;
        }[];
        const of = (name: string) => env.find((item) => item.name === name)!;
        assert.equal(env[0]!.name, "POD_NAME", "before the values that use it");
        assert.equal(
            of("LIQUIBASE_COMMAND_URL").value,
            "jdbc:postgresql://justdb-postgres:5432/shop?sslmode=verify-full&sslrootcert=/authorities/postgres.pem&ApplicationName=$(POD_NAME)&tcpKeepAlive=true",
        );
        assert.match(of("VERIFIED_BY").value!, /in Secret justdb-db-ca$/);
        assert.equal(of("LIQUIBASE_COMMAND_USERNAME").value, "clerk");
        assert.deepEqual(of("LIQUIBASE_COMMAND_PASSWORD").valueFrom, {
            secretKeyRef: { name: "justdb-secrets", key: "db-password" },
        });
        assert.equal(of("PSQL").value, "kubectl -n justdb-cloud exec svc/justdb-postgres -c postgres -- psql -d shop");
    });

    it("reach an external server", async () => {
        const made = await plan({
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresPort: 6432,
            postgresCidrs: ["10.1.0.0/24"],
            postgresExistingSecret: "db",
        });
        const env = made.at("justdb-migrations", `${update}.env`) as { name: string; value?: string }[];
        const of = (name: string) => env.find((item) => item.name === name)?.value;
        const url =
            "jdbc:postgresql://db.example.com:6432/justdb?sslmode=require&ApplicationName=$(POD_NAME)&tcpKeepAlive=true";
        assert.equal(of("LIQUIBASE_COMMAND_URL"), url);
        assert.equal(of("PSQL"), "psql -h db.example.com -p 6432 -U justdb -d justdb");
        const database = made.at("justdb-network-migrations", "spec.egress.1");
        assert.deepEqual(database, {
            to: [{ ipBlock: { cidr: "10.1.0.0/24" } }],
            ports: [{ port: 6432, protocol: "TCP" }],
        });
    });

    it("run in the image that is set, as its user", async () => {
        const made = await plan({
            migrationsImage: "registry.example.com/liquibase:4.33.0",
            imagePullSecrets: ["registry"],
        });
        for (const container of [`${pod}.initContainers.0`, update]) {
            assert.equal(made.at("justdb-migrations", `${container}.image`), "registry.example.com/liquibase:4.33.0");
        }
        assert.equal(made.at("justdb-migrations", `${pod}.securityContext.runAsUser`), 1001);
        assert.deepEqual(made.at("justdb-migrations", `${pod}.imagePullSecrets`), [{ name: "registry" }]);
    });

    describe("make a backup before pending changes", () => {
        const backup = `${pod}.initContainers.1`;
        let made: Plan;
        before(async () => {
            made = await plan({});
        });
        const env = (of: Plan) =>
            Object.fromEntries(
                (
                    of.at("justdb-migrations", `${backup}.env`) as {
                        name: string;
                        value?: string;
                        valueFrom?: unknown;
                    }[]
                ).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
            );

        it("between the look at what is pending and the changes", () => {
            const steps = made.at("justdb-migrations", `${pod}.initContainers`) as { name: string }[];
            assert.deepEqual(
                steps.map(({ name }) => name),
                ["check", "backup"],
            );
            assert.deepEqual(made.at("justdb-migrations", `${backup}.command`), [
                "python3",
                "/operations/before_migrations.py",
            ]);
            const { PENDING, FAILED, TRIES } = env(made);
            assert.deepEqual([PENDING, FAILED, TRIES], ["/work/pending", "/work/failed", "3"]);
            const mounts = made.at("justdb-migrations", `${backup}.volumeMounts`) as {
                name: string;
                mountPath: string;
            }[];
            assert.ok(mounts.some(({ name, mountPath }) => name === "work" && mountPath === "/work"));
            const volumes = made.at("justdb-migrations", `${pod}.volumes`) as { name: string; configMap?: object }[];
            const { configMap } = volumes.find(({ name }) => name === "operations")!;
            assert.deepEqual(configMap, { name: "justdb-operations" });
        });

        it("with the key and the role of backups, into the same bucket", () => {
            const { PGUSER, AWS_ACCESS_KEY_ID, BACKUPS_BUCKET } = env(made);
            assert.equal(PGUSER, "justdb_backup");
            assert.deepEqual(AWS_ACCESS_KEY_ID, { secretKeyRef: { name: "justdb-backup", key: "aws-access-key-id" } });
            assert.equal(BACKUPS_BUCKET, "justdb-backups-0123456");
            assert.ok(waitsFor(made.get("justdb-migrations"), "justdb-backup-credentials"));
            assert.ok(waitsFor(made.get("justdb-migrations"), "justdb-operations"));
        });

        it("as the user of PostgreSQL's image, beside the pod's own, and as restricted", () => {
            assert.equal(
                made.at("justdb-migrations", `${backup}.image`),
                made.at("justdb-backup", "spec.jobTemplate.spec.template.spec.containers.0.image"),
            );
            assert.deepEqual(made.at("justdb-migrations", `${backup}.securityContext`), {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
                runAsUser: 26,
                runAsGroup: 26,
            });
        });

        it("with time of its own beside that of the changes", async () => {
            assert.equal(made.at("justdb-migrations", "spec.activeDeadlineSeconds"), (6 + 1) * 3600);
            const large = await plan({ operationsDeadlineHours: 24, migrationsDeadlineHours: 8 });
            assert.equal(large.at("justdb-migrations", "spec.activeDeadlineSeconds"), (24 + 8) * 3600);
            assert.equal(large.get("justdb-migrations").createTimeout, `${(24 + 8) * 3600 + 600}s`);
        });

        it("and are the same Job for another image of the app", async () => {
            const next = await plan({ appImage: "registry.example.com/cloud:2.0.0" });
            assert.deepEqual(next.get("justdb-migrations").inputs, made.get("justdb-migrations").inputs);
        });
    });
});

import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { schedule, withSeconds } from "../../../../components/lib/schedule";
import { plan, secretValues, type Plan } from "../../../support/mocks";
import { waysOf } from "../../../support/policies";
import { waitsFor } from "../../../support/mocks-monitor";

const archive = "justdb-db-0123abcd";
const bucket = "arn:aws:s3:::justdb-backups-0123456";
const from = "s3://acme-backups/justdb-db-89abcdef";
const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.1.0.0/24"],
    postgresExistingSecret: "db",
};

const rightsOf = (made: Plan, name: string) =>
    (
        JSON.parse(made.at(name, "policy") as string) as { Statement: { Action: string[]; Resource: string[] }[] }
    ).Statement.flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
    ).sort();

const partsOf = (made: Plan) =>
    made.resources.map(({ name }) => name).filter((name) => /^justdb-(archive|base-backups)/.test(name));

describe("the continuous archive", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    it("is written in prod, and elsewhere if asked for", async () => {
        assert.equal(made.outputs.archiveName, archive);
        for (const args of [{ environment: "dev" }, { postgresArchive: false }, external] as JustDbCloudArgs[]) {
            const without = await plan(args);
            assert.deepEqual(partsOf(without), []);
            assert.equal(without.outputs.archiveName, "");
        }
        const dev = await plan({ environment: "dev", postgresArchive: true });
        assert.deepEqual(partsOf(dev), partsOf(made));
    });

    it("is in a folder of its own in the bucket for backups, packed, encrypted and kept for 30 days", () => {
        assert.equal(
            made.at("justdb-archive", "spec.configuration.destinationPath"),
            `s3://justdb-backups-0123456/archive/${archive}`,
        );
        assert.equal(made.at("justdb-archive", "spec.retentionPolicy"), "30d");
        for (const part of ["wal", "data"]) {
            assert.equal(made.at("justdb-archive", `spec.configuration.${part}.compression`), "gzip");
            assert.equal(made.at("justdb-archive", `spec.configuration.${part}.encryption`), "AES256");
        }
    });

    it("has a new name for each archive that the database is recovered from, and keeps it afterwards", async () => {
        assert.deepEqual(made.at("justdb-archive-name", "keepers"), { restoreFrom: "" });
        const recovered = await plan({ restoreFrom: `${from}/latest` });
        assert.deepEqual(recovered.at("justdb-archive-name", "keepers"), { restoreFrom: `${from}/latest` });
        assert.deepEqual(recovered.get("justdb-archive-name").ignoreChanges, []);
        assert.deepEqual(made.get("justdb-archive-name").ignoreChanges, ["keepers"]);
        // A recovery replaces it, and nothing else does.
        assert.equal(made.get("justdb-archive-name").protect, true);
        assert.equal(recovered.get("justdb-archive-name").protect, false);
    });

    it("stays where the lifecycle of the bucket takes away old backups", () => {
        const rules = made.at("justdb-backups-lifecycle", "rules") as {
            filter: { prefix: string };
            expiration?: { days?: number };
        }[];
        for (const { filter, expiration } of rules)
            assert.ok(!expiration?.days || !"archive/".startsWith(filter.prefix));
    });

    it("is written with a key that can delete no version, and has no part in other archives, backups or schemas", () => {
        assert.deepEqual(
            rightsOf(made, "justdb-archive-user-policy"),
            [
                `s3:ListBucket ${bucket}`,
                ...["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload"].map(
                    (action) => `s3:${action} ${bucket}/archive/${archive}/*`,
                ),
            ].sort(),
        );
        assert.deepEqual(made.get("justdb-archive-credentials").secrets, ["data"]);
        assert.deepEqual(made.texts("justdb-archive-credentials"), {
            "aws-access-key-id": "AKIAMOCK",
            "aws-secret-access-key": secretValues.accessKey,
            "aws-region": "eu-central-1",
        });
        assert.deepEqual(made.at("justdb-archive", "spec.configuration.s3Credentials.region"), {
            name: "justdb-archive",
            key: "aws-region",
        });
    });

    it("is there before the database, and base backups come after it, the first at once", () => {
        assert.ok(waitsFor(made.get("justdb-archive"), "justdb-archive-credentials"));
        assert.ok(waitsFor(made.get("justdb-postgres"), "justdb-archive"));
        assert.ok(waitsFor(made.get("justdb-base-backups"), "justdb-postgres"));
        assert.equal(made.at("justdb-base-backups", "spec.immediate"), true);
        assert.equal(made.at("justdb-base-backups", "spec.schedule"), "0 45 1 * * *");
        assert.equal(made.at("justdb-base-backups", "spec.method"), "plugin");
        assert.equal(made.at("justdb-base-backups", "spec.target"), "primary");
        assert.equal(made.at("justdb-base-backups", "spec.cluster.name"), "justdb-db");
        assert.equal(made.at("justdb-base-backups", "metadata.name"), archive, "a new archive gets one at once too");
    });

    it("reaches the chart as plain values, so that the database can be planned before the archive has a name", () => {
        assert.deepEqual(made.at("justdb-postgres", "values.archive"), {
            objectStore: "justdb-archive",
            timeoutSeconds: 300,
        });
        assert.equal(made.at("justdb-postgres", "values.recovery"), null);
    });

    it("follows the settings", async () => {
        const other = await plan({
            archiveSchedule: "@daily",
            archiveRetentionDays: 7,
            archiveTimeoutSeconds: 60,
            storageEndpoint: "https://s3.internal.example.com",
        });
        assert.equal(other.at("justdb-base-backups", "spec.schedule"), "@daily");
        assert.equal(other.at("justdb-archive", "spec.retentionPolicy"), "7d");
        assert.equal(other.at("justdb-postgres", "values.archive.timeoutSeconds"), 60);
        assert.equal(other.at("justdb-archive", "spec.configuration.endpointURL"), "https://s3.internal.example.com");
        const env = "spec.instanceSidecarConfiguration.env";
        assert.equal((other.at("justdb-archive", env) as unknown[]).length, 2);
        assert.deepEqual(made.at("justdb-archive", env), [], "AWS's own API knows every checksum");
        assert.equal(made.at("justdb-archive", "spec.configuration.endpointURL"), undefined);
    });

    it("is written and recovered by a sidecar with the limits that are set", async () => {
        const resources = "spec.instanceSidecarConfiguration.resources";
        assert.deepEqual(made.at("justdb-archive", resources), {
            requests: { cpu: "50m", memory: "128Mi" },
            limits: { cpu: "1", memory: "1Gi" },
        });
        const large = { archiveCpuLimit: "2", archiveMemoryLimit: "4Gi" };
        const recovered = await plan({ ...large, postgresArchive: false, restoreFrom: `${from}/latest` });
        assert.deepEqual(recovered.at("justdb-archive-source", `${resources}.limits`), { cpu: "2", memory: "4Gi" });
        await assert.rejects(
            plan({ ...large, postgresArchive: false }),
            /archiveCpuLimit[\s\S]*it is for postgresArchive true[\s\S]*archiveMemoryLimit/,
        );
    });

    it("takes a schedule, and gives it seconds", () => {
        assert.ok(!schedule.test("never"));
        assert.equal(withSeconds("*/5 * * * *"), "0 */5 * * * *");
        assert.equal(withSeconds("@hourly"), "@hourly");
    });

    it("refuses settings that would do nothing", async () => {
        await assert.rejects(plan({ archiveSchedule: "never" }), /archiveSchedule[\s\S]*a cron schedule/);
        await assert.rejects(
            plan({ postgresArchive: false, archiveRetentionDays: 7 }),
            /it is for postgresArchive true/,
        );
        await assert.rejects(plan({ ...external, postgresArchive: true }), /it is for postgresMode managed only/);
    });
});

describe("a recovery from an archive", () => {
    it("starts the database from it, at the moment that is asked for", async () => {
        const made = await plan({ restoreFrom: `${from}/2026-01-31T04:00:00Z` });
        assert.deepEqual(made.at("justdb-postgres", "values.recovery"), {
            objectStore: "justdb-archive-source",
            serverName: "justdb-db",
            targetTime: "2026-01-31T04:00:00Z",
        });
        assert.equal(
            made.at("justdb-archive-source", "spec.configuration.destinationPath"),
            "s3://acme-backups/archive/justdb-db-89abcdef",
        );
        assert.equal(made.at("justdb-archive-source", "spec.retentionPolicy"), undefined, "it deletes nothing there");
        assert.ok(waitsFor(made.get("justdb-postgres"), "justdb-archive-source"));
    });

    it("goes to the end of the archive without a time, also where none is written", async () => {
        const made = await plan({ environment: "dev", restoreFrom: `${from}/latest` });
        assert.equal(made.at("justdb-postgres", "values.recovery.targetTime"), "");
        assert.equal(made.at("justdb-postgres", "values.archive"), null);
        assert.equal(made.has("justdb-archive"), false);
        const storage = waysOf({ environment: "dev", restoreFrom: `${from}/latest` }, "postgres").filter((way) =>
            way.endsWith(":443"),
        );
        assert.equal(storage.length, 1);
    });

    it("has a key that reads this one archive", async () => {
        const made = await plan({ restoreFrom: `${from}/latest` });
        assert.deepEqual(rightsOf(made, "justdb-archive-source-user-policy"), [
            "s3:GetObject arn:aws:s3:::acme-backups/archive/justdb-db-89abcdef/*",
            "s3:ListBucket arn:aws:s3:::acme-backups",
        ]);
    });

    it("is none when the database starts from a backup", async () => {
        const made = await plan({ restoreFrom: "s3://acme-backups/latest" });
        assert.equal(made.has("justdb-archive-source"), false);
        assert.equal(made.at("justdb-postgres", "values.recovery"), null);
    });
});

import assert from "node:assert/strict";
import { versions } from "../../../sandbox";
import { apply, call, served as servedBy } from "../../support/app";
import { withoutNewKeys } from "../../support/aws";
import * as b from "../../support/backups";
import { list, removeNamespaces, sql } from "../../support/cluster";
import { grant, userOfSecret, withdraw } from "../../support/iam";
import { liquibaseIn } from "../../support/migrations";
import { type Config, forget, smallest, TestStack } from "../../support/test-stack";

const namespace = "justdb-again";
const schemas = ["1.0.0", "1.1.0", "2.0.0"];
const [image, next] = versions.images.app as [string, string];

const configuration = {
    ...smallest,
    appImage: image,
    migrationsImage: versions.images.liquibase,
    restoreFrom: "",
};

/** The sandbox names a stack's buckets after it, so another stack has other ones, as everywhere. */
const first = new TestStack("lost", namespace, { ...configuration, protect: "true" });
const second = new TestStack("again", namespace, configuration);
const up = (more: Config = {}) => second.up(more);

const versionOf = async () => {
    const { headers } = await call("GET", "/health/ready", undefined, namespace);
    return headers["x-app-version"];
};
const tag = (of: string) => of.split(":").at(-1);

const served = (bucket: string) => servedBy("again", schemas, bucket, namespace);
const checksums = (bucket: string) => b.checksumsWithout(bucket, namespace);

const databases = () =>
    sql("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname ~ '^justdb'", namespace);

async function restoreJob(): Promise<string> {
    const jobs = await list("jobs", namespace);
    const { metadata } = jobs.find((job) => job.metadata.name.startsWith("justdb-restore-from-"))!;
    return metadata.uid;
}

/** Takes the rights of this stack's key of backups away while something happens. */
async function withoutRights(use: () => Promise<unknown>): Promise<void> {
    const giveBack = await withdraw(await userOfSecret(namespace, "justdb-backup"));
    try {
        await use();
    } finally {
        await giveBack();
    }
}

describe("a stack that is destroyed and made again from its backup", () => {
    // IAM takes seconds to make a key known.
    withoutNewKeys(30);
    const lost = { answers: [] as string[], checksums: [] as string[], backups: "", schemas: "" };
    let restoreFrom: string;
    let bucket: string;

    before(async () => {
        const { outputs } = await first.up();
        lost.backups = outputs.backupsBucket!.value as string;
        lost.schemas = outputs.schemasBucket!.value as string;
        for (const version of schemas) assert.equal((await apply("again", version, namespace)).status, 200);
        lost.answers = await served(lost.schemas);
        lost.checksums = await checksums(lost.schemas);
        const made = await b.ended("justdb-backup", {}, namespace);
        assert.ok(made.complete, made.log);
        restoreFrom = `s3://${lost.backups}/latest`;
        second.secrets.restoreFromSealKey = await b.sealKeyOf(namespace);
        await first.destroyUnprotected();
        await first.removeKept();
        await b.empty(lost.schemas);
    });

    after(async () => {
        await second.destroy();
        await forget(second.name);
        await removeNamespaces(namespace);
        for (const kept of [lost.schemas, lost.backups].filter(Boolean)) await b.removeBucket(kept);
    });

    it("serves the same schemas", async () => {
        const { outputs } = await up({ restoreFrom });
        bucket = outputs.schemasBucket!.value as string;
        assert.notEqual(bucket, lost.schemas);
        assert.deepEqual(await served(bucket), lost.answers);
        assert.deepEqual(await checksums(bucket), lost.checksums);
        assert.equal(await databases(), "justdb", "the empty database of the new server is gone");
    });

    it("is not restored again by an update, and refuses another backup once it holds something", async () => {
        const job = await restoreJob();
        const { changes } = await up({ restoreFrom });
        assert.deepEqual(changes, []);
        assert.equal(await restoreJob(), job);
        const other = restoreFrom.replace("latest", new Date().toISOString());
        await assert.rejects(up({ restoreFrom: other }), /database justdb holds something \(.*schema_versions: 3 rows/);
        assert.deepEqual(await served(bucket), lost.answers);
    });

    it("goes on without restoreFrom, and nothing else changes", async () => {
        const { changes } = await up();
        const gone = ["", "-access-key", "-account", "-credentials", "-user", "-user-policy"];
        const deleted = gone.map((suffix) => `delete justdb-restore-from${suffix}`);
        // The component's own record of its arguments.
        assert.deepEqual(changes, [...deleted, "update justdb"]);
        assert.deepEqual(await served(bucket), lost.answers);
    });

    it("refuses to recover an archive while its database is there, and goes on as it was", async () => {
        const { outputs } = await up();
        await assert.rejects(
            up({ restoreFrom: `s3://${lost.backups}/justdb-db-0a1b2c3d/latest` }),
            /nothing was recovered, and the database was not changed: it is still there/,
        );
        const { changes, outputs: after } = await up();
        // The doctor was told what the update that failed was to do.
        assert.deepEqual(
            changes.filter((change) => !/ justdb-(restore-(from|guard)|doctor-scripts)/.test(change)),
            ["update justdb"],
        );
        assert.equal(after.archiveName!.value, outputs.archiveName!.value);
        assert.deepEqual(await served(bucket), lost.answers);
    });

    // The same image under another name is another Job, which finds the change that was taken back.
    const renamed = { migrationsImage: versions.images.liquibase.replace("docker.io/", "") };

    it("is not migrated without a backup of before, and with one when it can be made", async () => {
        await liquibaseIn(namespace, "rollback-count", "1");
        const wanted = "SELECT to_regclass('audit_logs_api_key_id') IS NOT NULL";
        await withoutRights(() => assert.rejects(up({ ...renamed, appImage: next }), /There is no backup of before/));
        assert.equal(await sql(wanted, namespace), "f");
        assert.equal(await versionOf(), tag(image));
        const listed = await b.listed(namespace);
        await up({ ...renamed, appImage: next });
        assert.equal(await sql(wanted, namespace), "t");
        assert.equal(await versionOf(), tag(next));
        assert.equal((await b.listed(namespace)).length, listed.length + 1);
    });

    it("finds the schemas of a recovered database where they still are, says which are nowhere, and lets rows name its bucket", async () => {
        const key = (version: string) => `schemas/again/shop/${version}.json`;
        const good = await b.checksums(bucket);
        const [inBucket, inBackup] = schemas as [string, string];
        await b.put(lost.schemas, key(inBucket), await b.content(bucket, key(inBucket)));
        for (const version of [inBucket, inBackup]) await b.put(bucket, key(version), "{}");
        await sql(
            `UPDATE schema_versions SET schema_url = replace(schema_url, '${bucket}', '${lost.schemas}')`,
            namespace,
        );
        const nowhere = `s3://${lost.schemas}/${key("nowhere")}`;
        const values = `('again', '${nowhere}', 'nowhere', '${b.sha256("")}')`;
        await sql(
            `INSERT INTO schema_versions (environment, schema_url, version, checksum) VALUES ${values}`,
            namespace,
        );
        const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${lost.schemas}/*` }];
        const takeBack = await grant(await userOfSecret(namespace, "justdb-restore"), "earlier", Statement);
        try {
            const failed = await b.ended("justdb-restore", { OPERATION: "schemas" }, namespace);
            assert.equal(failed.complete, false);
            assert.ok(failed.log.includes(`missing: ${nowhere}`), failed.log);
            assert.match(
                failed.log,
                /1 of 3 absent schemas were copied[^]*1 schemas were taken from backups[^]*1 of 4 schemas/,
            );
            assert.deepEqual(await b.checksums(bucket), good);
            await sql("DELETE FROM schema_versions WHERE version = 'nowhere'", namespace);
            const { complete, result } = await b.ended("justdb-restore", { OPERATION: "schemas" }, namespace);
            assert.ok(complete);
            assert.deepEqual([result.schemas, result.missing, result.rowsMoved], [3, 0, 0]);
            assert.deepEqual(await checksums(bucket), lost.checksums);
        } finally {
            await takeBack();
        }
    });

    it("takes the app back to an earlier version, on the schema that has moved on", async () => {
        assert.equal((await apply("again", "3.0.0", namespace)).status, 200);
        await up({ ...renamed, appImage: image });
        assert.equal(await versionOf(), tag(image));
        assert.deepEqual(await served(bucket), lost.answers);
        assert.equal((await call("GET", "/api/v1/schemas/again/shop/3.0.0", undefined, namespace)).status, 200);
        assert.equal((await apply("again", "3.0.1", namespace)).status, 200);
    });
});

import assert from "node:assert/strict";
import { kubectl, loadNextPostgres, versions, waitFor } from "../../../sandbox";
import { archived, isTrue } from "../../support/archive";
import { apply, served } from "../../support/app";
import { content, ended, keysOf, manifestOf } from "../../support/backups";
import { get, list, sql } from "../../support/cluster";
import { at } from "../../support/resources";
import { type Config, forget, smallest, TestStack } from "../../support/test-stack";

const image = versions.images.postgres;
const namespace = "justdb-upgraded";
const stack = new TestStack("upgraded", namespace, {
    ...smallest,
    postgresArchive: "true",
    archiveTimeoutSeconds: "10",
    backupImage: image,
});

/** In the head of a dump since PostgreSQL 16. */
const compressionByte = 11;
const zstd = 3;

const clusters = "clusters.postgresql.cnpg.io";
const pod = async () => (await list("pods", namespace, "cnpg.io/podRole=instance"))[0]!;
const memory = async () => (await pod()).spec.containers[0].resources.limits.memory as string;
const hasSidecar = async () => JSON.stringify((await pod()).spec.initContainers).includes("plugin-barman-cloud");

/** In this order: it is one database, whose settings change. */
describe("updates for which PostgreSQL restarts", function () {
    this.timeout(1_200_000);
    const environment = `upgraded-${Date.now()}`;
    const settings: Config = {};
    let backups: string;
    let schemas: string;
    let archive: string;
    let answered: string[];
    const answers = () => served(environment, ["1.0.0"], schemas, namespace);

    before(async () => {
        const { outputs } = await stack.up(settings);
        backups = outputs.backupsBucket!.value as string;
        schemas = outputs.schemasBucket!.value as string;
        archive = `archive/${outputs.archiveName!.value as string}`;
        assert.equal((await apply(environment, "1.0.0", namespace)).status, 200);
        answered = await answers();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    it("have restarted it when they end", async () => {
        settings.postgresMemory = "768Mi";
        await stack.up(settings);
        assert.equal(await memory(), "768Mi");
        assert.ok(isTrue(await get(clusters, "justdb-db", namespace), "Ready"));
    });

    it("bring an archive back that was switched off a moment ago", async () => {
        await stack.up({ ...settings, postgresArchive: "false", archiveTimeoutSeconds: "300" });
        assert.equal(await hasSidecar(), false);
        const { outputs } = await stack.up(settings);
        assert.equal(await hasSidecar(), true);
        archive = `archive/${outputs.archiveName!.value as string}`;
        await archived(namespace);
    });

    it("fail with the reason when the image cannot be had, and with what to do", async () => {
        const missing = image.replace(/:.*/, ":15.99");
        const said =
            /PostgreSQL is not as it is asked for.*waits: .*Image.* -n justdb-upgraded (delete pod justdb-db-\d)/;
        const { message } = await stack.up({ ...settings, postgresImage: missing }).then(
            () => assert.fail("the update went through"),
            (error: Error) => error,
        );
        const [, command = ""] = said.exec(message) ?? assert.fail(message);

        const right = stack.up(settings);
        await waitFor("the former image", 120_000, async () => {
            return at(await get(clusters, "justdb-db", namespace), "spec.imageName") === image;
        });
        await kubectl(["-n", namespace, ...command.split(" ")]);
        await right;
        assert.deepEqual(await answers(), answered);
    });

    it("upgrade it to another major version when they are told to, into an archive of its own", async () => {
        const next = await loadNextPostgres();
        await assert.rejects(stack.up({ ...settings, postgresImage: next }), /pulumi config set postgresUpgradeFrom/);
        await archived(namespace);
        const before = await keysIn(`${archive}/justdb-db/`);

        Object.assign(settings, { postgresImage: next, postgresUpgradeFrom: image });
        await stack.up(settings);
        assert.deepEqual(await answers(), answered);
        assert.match(await sql("SHOW server_version", namespace), /^17\./);

        await waitFor("a base backup of the new server", 180_000, async () => {
            const keys = await keysIn(`${archive}/justdb-db-pg17/base/`);
            return keys.some((key) => key.endsWith("/backup.info")) || `${keys.length} objects`;
        });
        await archived(namespace);
        assert.deepEqual(
            (await keysIn(`${archive}/justdb-db/`)).filter((key) => !before.includes(key) && key.includes("/base/")),
            [],
            "the new server wrote into the old one's archive",
        );
    });

    it("back up and restore from then on with the new programs, by zstd", async () => {
        settings.backupImage = "";
        await stack.up(settings);
        const { complete, log, result } = await ended("justdb-backup", {}, namespace);
        assert.ok(complete, log);
        const { files } = await manifestOf(backups, result.backup as string);
        const dump = await content(backups, files.database!.key);
        assert.equal(dump.subarray(0, 5).toString(), "PGDMP");
        assert.equal(dump[compressionByte], zstd);
        const restored = await ended("justdb-restore", { FROM: "latest" }, namespace);
        assert.ok(restored.complete, restored.log);
        assert.deepEqual(await answers(), answered);
    });

    it("change nothing more, and keep the new name of the archive without the setting", async () => {
        assert.deepEqual((await stack.up(settings)).changes, []);
        delete settings.postgresUpgradeFrom;
        await stack.up(settings);
        const cluster = await get(clusters, "justdb-db", namespace);
        assert.equal(at(cluster, "spec.plugins.0.parameters.serverName"), "justdb-db-pg17");
    });

    const keysIn = async (prefix: string) => (await keysOf(backups)).filter((key) => key.startsWith(prefix));
});

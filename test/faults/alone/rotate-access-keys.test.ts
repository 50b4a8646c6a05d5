import assert from "node:assert/strict";
import { type AwsKey, secretValue, waitFor } from "../../../sandbox";
import { apply } from "../../support/app";
import { archived, archiveTimeout } from "../../support/archive";
import { refusalOf, withoutNewKeys } from "../../support/aws";
import * as b from "../../support/backups";
import { get, list } from "../../support/cluster";
import { userOf } from "../../support/iam";
import { killedAfter, servesWhile } from "../../support/rotation";
import { type Config, forget, smallest, TestStack } from "../../support/test-stack";

const stack = new TestStack("rotated-keys", "justdb-rotated-keys", {
    ...smallest,
    appMaxReplicas: "2",
    postgresArchive: "true",
    archiveTimeoutSeconds: String(archiveTimeout),
});
const { namespace } = stack;

/** The Secret of each key, and the setting of its generation. */
const secrets: Record<string, string> = {
    "aws-credentials": "appAccessKeyGeneration",
    "justdb-backup": "backupAccessKeyGeneration",
    "justdb-backup-metrics": "backupAccessKeyGeneration",
    "justdb-restore": "restoreAccessKeyGeneration",
    "justdb-drill": "drillAccessKeyGeneration",
    "justdb-archive": "archiveAccessKeyGeneration",
};

const generation = (number: number): Config =>
    Object.fromEntries(Object.values(secrets).map((setting) => [setting, String(number)]));

async function keyIn(secret: string): Promise<AwsKey> {
    const [accessKeyId, secretAccessKey] = await Promise.all([
        secretValue(namespace, secret, "aws-access-key-id"),
        secretValue(namespace, secret, "aws-secret-access-key"),
    ]);
    return { accessKeyId, secretAccessKey };
}

/** The keys of a generation, by the Secret of the first. */
async function keys(number: number): Promise<Record<string, AwsKey>> {
    const end = number === 1 ? "" : `-${number}`;
    const found = Object.keys(secrets).map(async (secret) => [secret, await keyIn(`${secret}${end}`)] as const);
    return Object.fromEntries(await Promise.all(found));
}

/** The user that a key is of; none, where the key is no more. */
async function nameOfUser({ accessKeyId }: AwsKey): Promise<string | undefined> {
    const name = await userOf(accessKeyId).catch(() => undefined);
    return name?.replace(/-[0-9a-f]+$/, "");
}

/** With these everything that calls AWS can do its work. */
async function everythingWorks(): Promise<void> {
    assert.equal((await apply("works", "1.0.0", namespace)).status, 200);
    const [backup, drill] = await Promise.all([
        b.ended("justdb-backup", {}, namespace),
        b.ended("justdb-restore", { OPERATION: "list" }, namespace),
    ]);
    assert.ok(backup.complete, backup.log);
    assert.ok(drill.complete, drill.log);
    const drilled = await b.ended("justdb-drill", {}, namespace);
    assert.ok(drilled.complete, drilled.log);
    await archived(namespace);
    await waitFor("the exporter to be ready", 60_000, async () => {
        const exporter = await get("deployment", "justdb-backup-metrics", namespace);
        return exporter.status.readyReplicas === 1;
    });
}

describe("the rotation of access keys", () => {
    // IAM takes seconds to make a key known.
    withoutNewKeys(30);
    let bucket: { schemas: string; backups: string };
    let first: Record<string, AwsKey>;
    const bucketOf = (secret: string) => (secret === "aws-credentials" ? bucket.schemas : bucket.backups);

    before(async () => {
        const { outputs } = await stack.up();
        bucket = { schemas: outputs.schemasBucket!.value as string, backups: outputs.backupsBucket!.value as string };
        first = await keys(1);
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    it("begins with keys that all work at once, new as they are", async () => {
        await everythingWorks();
    });

    it("replaces each of them without a request that fails, and the former ones are refused", async () => {
        const sent = await servesWhile(namespace, () => stack.up(generation(2)));
        assert.ok(sent > 100, `${sent} requests`);
        const current = await keys(2);
        for (const secret of Object.keys(secrets)) {
            assert.notEqual(current[secret]!.accessKeyId, first[secret]!.accessKeyId);
            assert.equal(await refusalOf(first[secret]!, bucketOf(secret)), "InvalidAccessKeyId", secret);
            assert.equal(await refusalOf(current[secret]!, bucketOf(secret)), "", secret);
        }
        const left = (await list("secrets", namespace)).map(({ metadata }) => metadata.name);
        assert.deepEqual(
            left.filter((name) => name in secrets),
            [],
        );
        await everythingWorks();
        assert.deepEqual((await stack.up(generation(2))).changes, []);
    });

    it("takes the one before away at the next step, and goes back by one", async () => {
        const second = await keys(2);
        await servesWhile(namespace, () => stack.up(generation(3)));
        assert.equal(await nameOfUser(first["aws-credentials"]!), undefined);
        assert.equal(await nameOfUser(second["aws-credentials"]!), "justdb-user-2");
        const third = await keys(3);
        await servesWhile(namespace, () => stack.up(generation(2)));
        assert.deepEqual(await keys(2), second, "the key of before is the current one again");
        assert.equal(await refusalOf(second["aws-credentials"]!, bucket.schemas), "");
        assert.equal(await refusalOf(third["aws-credentials"]!, bucket.schemas), "InvalidAccessKeyId");
    });

    it("is completed by the next update, wherever it was cut off, and the app serves all along", async () => {
        const cuts: string[] = [];
        await servesWhile(namespace, async () => {
            for (let number = 3; number <= 5; number++) {
                const former = await keyIn(number === 3 ? "aws-credentials-2" : `aws-credentials-${number - 1}`);
                for (let cut = 0; cut < 4; cut++) {
                    const ms = 5_000 + Math.round(Math.random() * 60_000);
                    const { ended } = await killedAfter(stack, ms, generation(number));
                    cuts.push(`${number} after ${ms} ms${ended ? ", which had ended" : ""}`);
                }
                await stack.up(generation(number));
                assert.equal(await refusalOf(former, bucket.schemas), "InvalidAccessKeyId", cuts.join("; "));
                assert.equal(await refusalOf(await keyIn(`aws-credentials-${number}`), bucket.schemas), "");
            }
        }).catch((error: Error) => {
            throw new Error(`${cuts.join("; ")}\n${error.message}`);
        });
        assert.ok(
            cuts.some((cut) => !cut.endsWith("ended")),
            cuts.join("; "),
        );
        assert.deepEqual((await stack.up(generation(5))).changes, []);
        await everythingWorks();
    }).timeout(3600_000);
});

import assert from "node:assert/strict";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { secretValue } from "../../../sandbox";
import { apply, call, served } from "../../support/app";
import { clientSettings } from "../../support/aws";
import * as b from "../../support/backups";
import { forget, smallest, TestStack } from "../../support/test-stack";

const kms = new KMSClient(clientSettings());
const settings = {
    ...smallest,
};
const stack = new TestStack("encrypted", "justdb-encrypted", settings);
const again = new TestStack("decrypted", "justdb-decrypted", settings);
const { namespace } = stack;

const keyOfKms = async () => (await kms.send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;

/** From S3's own key to one of the stack's, from that to another one, and into a stack that has neither. */
describe("buckets under a key of KMS", () => {
    const environment = `encrypted-${Date.now()}`;
    const versions: string[] = [];
    let buckets: { schemas: string; backups: string };
    let own: string;
    let yours: string;
    let newest: string;

    const applied = async (version: string) => {
        assert.equal((await apply(environment, version, namespace)).status, 200);
        versions.push(version);
    };
    const encryptionOf = async (version: string) => {
        const { body } = await call("GET", `/api/v1/schemas/${environment}/shop/${version}`, undefined, namespace);
        const { schemaUrl } = JSON.parse(body) as { schemaUrl: string };
        const Key = schemaUrl.replace(/^s3:\/\/[^/]+\//, "");
        const head = await b.s3.send(new HeadObjectCommand({ Bucket: buckets.schemas, Key }));
        return { Key, way: head.ServerSideEncryption, key: head.SSEKMSKeyId };
    };

    /** With the app's own key: the app itself might have it in its cache. */
    async function asApp(version: string): Promise<void> {
        const own = new S3Client(
            clientSettings({
                accessKeyId: await secretValue(namespace, "aws-credentials", "aws-access-key-id"),
                secretAccessKey: await secretValue(namespace, "aws-credentials", "aws-secret-access-key"),
            }),
        );
        const { Key } = await encryptionOf(version);
        await own.send(new GetObjectCommand({ Bucket: buckets.schemas, Key }));
    }

    before(async () => {
        const { outputs } = await stack.up();
        buckets = { schemas: outputs.schemasBucket!.value as string, backups: outputs.backupsBucket!.value as string };
        await applied("1.0.0");
        assert.equal((await encryptionOf("1.0.0")).way, "AES256");
    });

    after(async () => {
        await again.destroy();
        await stack.destroy();
        await forget(again.name, stack.name);
    });

    it("are so by an update that replaces nothing, and keep what is older readable", async () => {
        const { changes } = await stack.up({ storageEncryption: "kms" });
        assert.deepEqual(
            changes.filter((change) => !/^(create|update) /.test(change)),
            [],
        );
        for (const kind of ["schemas", "backups"]) assert.ok(changes.includes(`update justdb-${kind}-encryption`));
        await applied("1.1.0");
        const { way, key } = await encryptionOf("1.1.0");
        assert.equal(way, "aws:kms");
        own = key!;
        await served(environment, versions, buckets.schemas, namespace);
    });

    it("are backed up and restored", async () => {
        for (const job of ["justdb-backup", "justdb-restore"]) {
            const { complete, log } = await b.ended(job, job === "justdb-restore" ? { FROM: "latest" } : {}, namespace);
            assert.ok(complete, log);
        }
        await served(environment, versions, buckets.schemas, namespace);
    });

    it("go on under another key, and what is older is closed to the app unless its key is named", async () => {
        yours = await keyOfKms();
        const moved = { storageEncryption: "kms", storageKmsKeyArn: yours, storageFormerKmsKeys: '["own"]' };
        await stack.up(moved);
        await applied("1.2.0");
        assert.equal((await encryptionOf("1.2.0")).key, yours);
        assert.notEqual(own, yours);
        for (const version of versions) await asApp(version);

        newest = await keyOfKms();
        const third = { ...moved, storageKmsKeyArn: newest };
        await stack.up(third);
        await assert.rejects(asApp("1.2.0"), { name: "AccessDenied" });
        await stack.up({ ...third, storageFormerKmsKeys: JSON.stringify(["own", yours]) });
        for (const version of versions) await asApp(version);
    });

    it("are what another stack starts from, which names their key", async () => {
        const made = await b.ended("justdb-backup", {}, namespace);
        assert.ok(made.complete, made.log);
        again.secrets.restoreFromSealKey = await b.sealKeyOf(namespace);
        const restoreFrom = `s3://${buckets.backups}/latest`;
        await assert.rejects(again.up({ restoreFrom }), /AccessDenied/);
        const { outputs } = await again.up({ restoreFrom, restoreFromKmsKeyArn: newest });
        await served(environment, versions, outputs.schemasBucket!.value as string, again.namespace);
    });
});

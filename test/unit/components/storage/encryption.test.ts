import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { ownKmsKey, plan, type Plan } from "../../../support/mocks";

const arn = (id: string) => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
const [own, yours, older, another] = [ownKmsKey, "yours", "older", "another"].map(arn) as [
    string,
    string,
    string,
    string,
];
const recovered: JustDbCloudArgs = { restoreFrom: "s3://acme-backups/justdb-db-89abcdef/latest" };

interface Statement {
    Action: string[];
    Resource: string[];
    Condition?: object;
}

/** What the policy of a user says of keys. */
const onKeys = (made: Plan, user: string) =>
    (
        JSON.parse(made.at(`justdb-${user}user-policy`, "policy") as string) as { Statement: Statement[] }
    ).Statement.filter(({ Action }) => Action.some((action) => action.startsWith("kms:"))).map(
        ({ Action, Resource }) => [Action.join(), ...Resource],
    );

const encryption = (made: Plan) => ["schemas", "backups"].map((kind) => made.at(`justdb-${kind}-encryption`, "rules"));
const byKey = (kmsMasterKeyId: string) => [
    { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, bucketKeyEnabled: true },
];
const users = { reads: ["backup-metrics-"], writes: ["", "backup-", "restore-", "drill-", "archive-"] };

describe("encryption of the buckets", () => {
    it("is by S3's own key, and asks nobody for a right, unless something else is said", async () => {
        const made = await plan({});
        assert.deepEqual(
            encryption(made),
            [0, 1].map(() => [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]),
        );
        assert.equal(made.has("justdb-storage-key"), false);
        for (const user of [...users.reads, ...users.writes]) assert.deepEqual(onKeys(made, user), [], user);
    });

    it("is by a key that the stack makes, which is rotated, kept, and lost after 30 days at the earliest", async () => {
        const made = await plan({ storageEncryption: "kms" });
        assert.deepEqual(encryption(made), [byKey(own), byKey(own)]);
        const { inputs, protect, retainOnDelete } = made.get("justdb-storage-key");
        assert.deepEqual([inputs.enableKeyRotation, inputs.deletionWindowInDays], [true, 30]);
        // KMS' own default leaves it to IAM, and to nothing else.
        assert.equal(inputs.policy, undefined);
        assert.deepEqual([protect, retainOnDelete], [true, true]);
        assert.equal(
            (await plan({ storageEncryption: "kms", environment: "dev" })).get("justdb-storage-key").protect,
            false,
        );
        assert.equal(made.at("justdb-storage-key-alias", "name"), "alias/justdb-storage-0a1b2c3d");
    });

    it("is by your key, and then the stack makes none", async () => {
        const made = await plan({ storageEncryption: "kms", storageKmsKeyArn: yours });
        assert.deepEqual(encryption(made), [byKey(yours), byKey(yours)]);
        assert.equal(made.has("justdb-storage-key"), false);
    });

    it("gives readers and writers the rights that each needs on the key, through S3 alone", async () => {
        const made = await plan({ storageEncryption: "kms" });
        for (const user of users.reads) assert.deepEqual(onKeys(made, user), [["kms:Decrypt", own]], user);
        for (const user of users.writes) {
            assert.deepEqual(
                onKeys(made, user),
                [
                    ["kms:Decrypt", own],
                    ["kms:GenerateDataKey", own],
                ],
                user,
            );
        }
        const policies = made.resources.filter(({ name }) => name.endsWith("user-policy"));
        for (const { name, inputs } of policies) {
            const { Statement } = JSON.parse(inputs.policy as string) as { Statement: Statement[] };
            for (const { Action, Condition } of Statement) {
                const wanted = { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } };
                assert.deepEqual(Condition, Action[0]!.startsWith("kms:") ? wanted : undefined, name);
            }
        }
    });

    it("keeps older objects readable, from one key to another and back to S3's own", async () => {
        const moved = await plan({
            storageEncryption: "kms",
            storageKmsKeyArn: yours,
            storageFormerKmsKeys: ["own", older],
        });
        assert.deepEqual(onKeys(moved, ""), [
            ["kms:Decrypt", yours, own, older],
            ["kms:GenerateDataKey", yours],
        ]);
        assert.deepEqual(onKeys(moved, "backup-metrics-"), [["kms:Decrypt", yours, own, older]]);
        assert.deepEqual(encryption(moved), [byKey(yours), byKey(yours)]);
        assert.equal(moved.get("justdb-storage-key").protect, true);
        const back = await plan({ storageFormerKmsKeys: ["own"] });
        assert.deepEqual(onKeys(back, ""), [["kms:Decrypt", own]]);
        assert.equal(back.has("justdb-storage-key"), true);
    });

    it("lets what restores, and nobody else, read what is under the key of another stack", async () => {
        const made = await plan({ ...recovered, restoreFromKmsKeyArn: another });
        for (const user of ["archive-source-", "restore-from-"]) {
            assert.deepEqual(onKeys(made, user), [["kms:Decrypt", another]], user);
        }
        for (const user of [...users.reads, ...users.writes]) assert.deepEqual(onKeys(made, user), [], user);
    });

    it("of an archive is the bucket's own with a key, which barman-cloud cannot name", async () => {
        const ways = async (args: JustDbCloudArgs) => {
            const made = await plan(args);
            return ["wal", "data"].map((part) => made.at("justdb-archive", `spec.configuration.${part}.encryption`));
        };
        assert.deepEqual(await ways({}), ["AES256", "AES256"]);
        assert.deepEqual(await ways({ storageEncryption: "kms" }), [undefined, undefined]);
    });

    it("fits into the policy of a user, with as many keys as are allowed", async () => {
        const former = [1, 2, 3, 4].map((n) => arn(`1234abcd-12ab-34cd-56ef-12345678900${n}`));
        const made = await plan({
            ...recovered,
            storageEncryption: "kms",
            storageKmsKeyArn: arn("1234abcd-12ab-34cd-56ef-123456789000"),
            storageFormerKmsKeys: [...former, "own"],
            restoreFromKmsKeyArn: arn("1234abcd-12ab-34cd-56ef-123456789009"),
            schemasBucketName: "s".repeat(63),
            backupsBucketName: "b".repeat(63),
        });
        for (const { name, inputs } of made.resources.filter(({ name }) => name.endsWith("user-policy"))) {
            const { length } = inputs.policy as string;
            assert.ok(length <= 2048, `${name}: ${length} characters`);
        }
    });
});

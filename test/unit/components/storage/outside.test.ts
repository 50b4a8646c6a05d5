import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { JustDbCloudArgs } from "../../../../components";
import { anAuthority } from "../../../support/an-authority";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { environmentOf } from "../../../support/operations";

const endpoint = "https://minio.storage.svc:9000";
const existing = { storageExistingBuckets: true, schemasBucketName: "acme-schemas", backupsBucketName: "acme-backups" };
const store: JustDbCloudArgs = {
    ...existing,
    storageEndpoint: endpoint,
    storageCaCertificates: anAuthority,
    storageExistingSecret: "minio",
};
const inMigrations = "spec.template.spec";

const ofAws = (made: Plan) => made.resources.filter(({ type }) => type.startsWith("aws:")).map(({ name }) => name);
const app = (made: Plan) => environmentOf(made, "justdb-deployment", "spec.template.spec");
const yml = (made: Plan) => made.at("justdb-config", "data.[application.yml]") as string;

interface Pod {
    volumes: { name: string; projected?: { sources: { secret?: { name: string; items: object[] } }[] } }[];
    containers: { name: string; volumeMounts: { name: string; mountPath: string }[] }[];
    initContainers?: Pod["containers"];
}

describe("an S3-compatible store", () => {
    let made: Plan;
    before(async () => {
        made = await plan(store);
    });

    it("needs nothing of AWS: neither resources nor its provider", () => {
        assert.deepEqual(ofAws(made), []);
        assert.equal(made.outputs.accessKeyId, "");
        assert.equal(made.outputs.awsCredentialsSecretName, "minio");
        assert.equal(made.outputs.schemasBucket, "acme-schemas");
    });

    it("is called by every pod with the key that exists", () => {
        const id = { name: "minio", key: "aws-access-key-id" };
        const secret = { name: "minio", key: "aws-secret-access-key" };
        for (const env of [
            app(made),
            ...["backup", "restore", "drill"].map((name) => environmentOf(made, `justdb-${name}`)),
        ]) {
            assert.deepEqual(env.AWS_ACCESS_KEY_ID, id);
            assert.deepEqual(env.AWS_SECRET_ACCESS_KEY, secret);
        }
        const { accessKeyId, secretAccessKey } = made.at(
            "justdb-archive",
            "spec.configuration.s3Credentials",
        ) as Record<string, unknown>;
        assert.deepEqual([accessKeyId, secretAccessKey], [id, secret]);
    });

    it("is called with the keys of the Secret that are named", async () => {
        const named = await plan({
            ...store,
            storageExistingSecretIdKey: "AWS_ACCESS_KEY_ID",
            storageExistingSecretSecretKey: "AWS_SECRET_ACCESS_KEY",
        });
        assert.deepEqual(app(named).AWS_ACCESS_KEY_ID, { name: "minio", key: "AWS_ACCESS_KEY_ID" });
        assert.deepEqual(environmentOf(named, "justdb-backup").AWS_SECRET_ACCESS_KEY, {
            name: "minio",
            key: "AWS_SECRET_ACCESS_KEY",
        });
    });

    it("is signed for in the region that is set", async () => {
        assert.equal(app(made).AWS_REGION, "us-east-1");
        const elsewhere = await plan({ ...store, storageRegion: "garage" });
        assert.equal(app(elsewhere).AWS_REGION, "garage");
        assert.equal(environmentOf(elsewhere, "justdb-backup").AWS_DEFAULT_REGION, "garage");
    });

    it("is known by its authorities: in the app, in scripts, in the step before migrations and by the archive", () => {
        assert.match(
            String(app(made).JAVA_TOOL_OPTIONS),
            / -Djavax\.net\.ssl\.trustStore=\/authorities\/storage\.p12 -Djavax\.net\.ssl\.trustStoreType=PKCS12$/,
        );
        const holds = (name: string, path: string, item: object, container: number, init = false) => {
            const pod = made.at(name, path) as Pod;
            const volume = pod.volumes.find(({ name }) => name === "authorities")!;
            const wanted = { secret: { name: "justdb-storage-ca", items: [item] } };
            assert.ok(
                volume.projected!.sources.some((source) => isDeepStrictEqual(source, wanted)),
                name,
            );
            const { volumeMounts } = (init ? pod.initContainers! : pod.containers)[container]!;
            assert.ok(
                volumeMounts.some(({ mountPath }) => mountPath === "/authorities"),
                name,
            );
        };
        const pem = { key: "ca.crt", path: "storage.pem" };
        holds("justdb-deployment", "spec.template.spec", { key: "truststore.p12", path: "storage.p12" }, 0);
        for (const name of ["backup", "restore", "drill"]) {
            assert.equal(environmentOf(made, `justdb-${name}`).AWS_CA_BUNDLE, "/authorities/storage.pem");
            holds(`justdb-${name}`, "spec.jobTemplate.spec.template.spec", pem, 0);
        }
        holds("justdb-backup-metrics", "spec.template.spec", pem, 0);
        holds("justdb-migrations", inMigrations, pem, 1, true);
        assert.deepEqual(made.at("justdb-archive", "spec.configuration.endpointCA"), {
            name: "justdb-storage-ca",
            key: "ca.crt",
        });
        for (const name of ["justdb-deployment", "justdb-backup", "justdb-migrations", "justdb-archive"]) {
            assert.ok(waitsFor(made.get(name), "justdb-storage-ca"), name);
        }
    });

    it("is known by the given authorities alone in scripts, and by the public ones as well in the app", () => {
        const { "ca.crt": pem, "truststore.p12": store } = made.at("justdb-storage-ca", "data") as Record<
            string,
            string
        >;
        assert.equal(Buffer.from(pem!, "base64").toString(), anAuthority);
        const bytes = Buffer.from(store!, "base64");
        assert.ok(bytes.length > 100_000);
        assert.ok(bytes.includes(Buffer.from("An authority of tests")));
        assert.deepEqual(made.get("justdb-storage-ca").secrets, ["data"]);
    });

    it("rolls the pods that read authorities once, when others are set", async () => {
        const sum = "spec.template.metadata.annotations.[justdb.cloud/authorities]";
        for (const name of ["justdb-deployment", "justdb-backup-metrics"]) {
            assert.match(String(made.at(name, sum)), /^[0-9a-f]{16}$/);
            const other = await plan({ ...store, storageCaCertificates: `${anAuthority}${anAuthority}` });
            assert.notEqual(other.at(name, sum), made.at(name, sum));
            assert.equal((await plan({})).at(name, sum), undefined);
        }
    });

    it("is addressed by path, or by virtual host if asked for", async () => {
        assert.match(yml(made), /path-style-access: true/);
        assert.match(yml(await plan({})), /path-style-access: false/);
        assert.equal("S3_ADDRESSING_STYLE" in environmentOf(made, "justdb-backup"), false);
        const virtual = await plan({ ...store, storagePathStyle: false, postgresArchive: false });
        assert.match(yml(virtual), /path-style-access: false/);
        assert.equal(environmentOf(virtual, "justdb-backup").S3_ADDRESSING_STYLE, "virtual");
        assert.equal(
            environmentOf(await plan({ storagePathStyle: true }), "justdb-backup").S3_ADDRESSING_STYLE,
            "path",
        );
    });

    it("is what a new stack may start from, with the seal key in a Secret of this stack", async () => {
        const seal = "a".repeat(64);
        const restored = await plan({ ...store, restoreFrom: "s3://other-backups/latest", restoreFromSealKey: seal });
        assert.deepEqual(ofAws(restored), []);
        assert.deepEqual(restored.texts("justdb-restore-from-credentials"), { "seal-key": seal });
        const env = environmentOf(restored, "justdb-restore-from", "spec.template.spec");
        assert.deepEqual(env.AWS_ACCESS_KEY_ID, { name: "minio", key: "aws-access-key-id" });
        assert.deepEqual(env.SEAL_KEY, { name: "justdb-restore-from", key: "seal-key" });
        assert.equal(env.BACKUPS_BUCKET, "other-backups");
    });

    it("is tried before anything of the database changes, once for each set of settings", async () => {
        const job = made.get("justdb-storage-reached");
        const env = environmentOf(made, job.name, "spec.template.spec");
        assert.deepEqual(env.AWS_ACCESS_KEY_ID, { name: "minio", key: "aws-access-key-id" });
        assert.equal(env.AWS_CA_BUNDLE, "/authorities/storage.pem");
        assert.equal("PGHOST" in env || "SEAL_KEY" in env, false);
        assert.ok(waitsFor(job, "justdb-storage-ca"));
        const restored = await plan({ ...store, restoreFrom: "s3://other-backups/latest" });
        const before = ["justdb-migrations", "justdb-restore-from", "justdb-archive", "justdb-postgres"];
        for (const name of before) {
            assert.ok(waitsFor(restored.get(name), "justdb-storage-reached"), name);
        }
        assert.ok(waitsFor(restored.get("justdb-base-backups"), "justdb-postgres"));
        assert.ok(waitsFor(restored.get("justdb-deployment"), "justdb-migrations"));
        const nameOf = async (args: JustDbCloudArgs) => (await plan(args)).at(job.name, "metadata.name") as string;
        const name = await nameOf(store);
        assert.match(name, /^justdb-storage-reached-[0-9a-f]{10}$/);
        assert.equal(await nameOf({ ...store, appReplicas: 4, restoreFrom: "s3://other-backups/latest" }), name);
        assert.notEqual(await nameOf({ ...store, storageExistingSecret: "another" }), name);
        assert.equal((await plan({})).has(job.name), false);
    });

    it("encrypts by itself: no header asks for it", () => {
        assert.equal(made.at("justdb-archive", "spec.configuration.wal.encryption"), undefined);
    });
});

describe("buckets that exist", () => {
    it("are left as they are, in the region that AWS tells, with rights on them alone", async () => {
        const made = await plan(existing);
        assert.deepEqual(
            made.resources.filter(({ type }) => /^aws:(s3|kms)/.test(type)),
            [],
        );
        assert.match(made.at("justdb-user-policy", "policy") as string, /"arn:aws:s3:::acme-schemas\/schemas\/\*"/);
        assert.equal(app(made).AWS_REGION, "eu-central-1");
        assert.equal(made.outputs.backupsBucket, "acme-backups");
    });

    it("may be under a key of KMS, on which pods get rights", async () => {
        const key = "arn:aws:kms:eu-central-1:123456789012:key/yours";
        const made = await plan({ ...existing, storageEncryption: "kms", storageKmsKeyArn: key });
        assert.ok(
            (made.at("justdb-user-policy", "policy") as string).includes(
                `["kms:GenerateDataKey"],"Resource":["${key}"]`,
            ),
        );
    });

    it("may be made with a key that exists: then nothing of IAM is made", async () => {
        const made = await plan({ storageExistingSecret: "given" });
        assert.deepEqual([...new Set(ofAws(made).map((name) => name.split("-")[1]))].sort(), ["backups", "schemas"]);
    });
});

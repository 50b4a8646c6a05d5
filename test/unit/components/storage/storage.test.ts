import assert from "node:assert/strict";
import { plan, secretValues, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

describe("storage", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ storageNoncurrentDays: 30 });
    });

    for (const kind of ["schemas", "backups"]) {
        const bucket = `justdb-${kind}-0123456`;

        it(`${kind}: is encrypted, versioned, private, and owned by its account alone`, () => {
            assert.equal(
                made.at(`justdb-${kind}-encryption`, "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm"),
                "AES256",
            );
            assert.equal(made.at(`justdb-${kind}-versioning`, "versioningConfiguration.status"), "Enabled");
            assert.equal(made.at(`justdb-${kind}-ownership`, "rule.objectOwnership"), "BucketOwnerEnforced");
            assert.deepEqual(made.get(`justdb-${kind}-public-access`).inputs, {
                bucket,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            });
        });

        it(`${kind}: is spoken to by TLS only`, () => {
            const { Statement } = JSON.parse(made.at(`justdb-${kind}-tls-only`, "policy") as string) as {
                Statement: object[];
            };
            assert.deepEqual(Statement, [
                {
                    Sid: "RefuseWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ]);
        });

        it(`${kind}: lets old versions expire, and gives up unfinished uploads`, () => {
            const rule = `justdb-${kind}-lifecycle`;
            assert.equal(made.at(rule, "rules.0.status"), "Enabled");
            assert.equal(made.at(rule, "rules.0.noncurrentVersionExpiration.noncurrentDays"), 30);
            assert.equal(made.at(rule, "rules.0.abortIncompleteMultipartUpload.daysAfterInitiation"), 7);
        });

        it(`${kind}: lets a delete marker go with the last version, in a rule without days, as S3 asks for`, () => {
            const rules = made.at(`justdb-${kind}-lifecycle`, "rules") as { expiration?: object }[];
            assert.deepEqual(rules[0]!.expiration, { expiredObjectDeleteMarker: true });
            assert.ok(rules.slice(1).every(({ expiration }) => !("expiredObjectDeleteMarker" in expiration!)));
        });

        it(`${kind}: is emptied when it is deleted only where it is not protected`, async () => {
            assert.equal(made.at(`justdb-${kind}`, "forceDestroy"), false);
            assert.equal((await plan({ environment: "dev" })).at(`justdb-${kind}`, "forceDestroy"), true);
        });
    }

    it("sets things up in the order that S3 and IAM need", () => {
        for (const kind of ["schemas", "backups"]) {
            assert.ok(waitsFor(made.get(`justdb-${kind}-lifecycle`), `justdb-${kind}-versioning`));
            assert.ok(waitsFor(made.get(`justdb-${kind}-tls-only`), `justdb-${kind}-public-access`));
        }
        assert.ok(waitsFor(made.get("justdb-access-key"), "justdb-user-policy"));
    });

    it("gives buckets the names that are set", async () => {
        const named = await plan({ schemasBucketName: "acme-schemas", backupsBucketName: "acme-backups" });
        assert.equal(named.at("justdb-schemas", "bucket"), "acme-schemas");
        assert.equal(named.outputs.backupsBucket, "acme-backups");
    });

    it("leaves names to the provider otherwise", () => {
        assert.equal(made.at("justdb-schemas", "bucket"), undefined);
    });

    it("lets the key read and write schemas, and nothing else", () => {
        const policy = JSON.parse(made.at("justdb-user-policy", "policy") as string) as { Statement: unknown };
        const list = (Sid: string, bucket: string) => ({
            Sid,
            Effect: "Allow",
            Action: ["s3:ListBucket"],
            Resource: [`arn:aws:s3:::${bucket}`],
        });
        const objects = (Sid: string, path: string) => ({
            Sid,
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: [`arn:aws:s3:::${path}`],
        });
        assert.deepEqual(policy.Statement, [
            list("ListSchemas", "justdb-schemas-0123456"),
            objects("ReadWriteSchemas", "justdb-schemas-0123456/schemas/*"),
        ]);
    });

    it("hands the key to the app as a Secret", () => {
        assert.deepEqual(made.texts("justdb-aws-credentials"), {
            "aws-access-key-id": "AKIAMOCK",
            "aws-secret-access-key": secretValues.accessKey,
        });
        assert.deepEqual(made.get("justdb-aws-credentials").secrets, ["data"]);
    });
});

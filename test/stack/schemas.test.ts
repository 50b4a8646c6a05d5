import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { secretValue } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { apply, call, serviceUrl, shop, type Applied } from "../support/app";
import { exec, namespace, sql } from "../support/cluster";
import { request } from "../support/http";

describe("a schema applied through the Service's address", () => {
    const version = String(Date.now());
    let applied: Applied;

    before(async () => {
        const answer = await apply("test", version);
        assert.equal(answer.status, 200, answer.body);
        applied = JSON.parse(answer.body) as Applied;
    });

    it("is a row in PostgreSQL", async () => {
        const row = await sql(`SELECT environment, version, checksum FROM schema_versions WHERE id = ${applied.id}`);
        assert.equal(row, `test|${version}|${applied.checksum}`);
        assert.notEqual(await sql("SELECT count(*) FROM audit_logs"), "0");
    });

    it("is an encrypted, versioned object in S3", async () => {
        const s3 = new S3Client(clientSettings());
        const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(applied.schemaUrl)!;
        const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        assert.ok(
            ["AES256", "aws:kms"].includes(head.ServerSideEncryption ?? ""),
            `encryption: ${head.ServerSideEncryption}`,
        );
        assert.match(head.VersionId ?? "", /.+/);
        assert.notEqual(head.VersionId, "null");
    });

    it("is an entry in Redis", async () => {
        const keys = await exec("justdb-redis-0", `redis-cli exists 'schema:test:shop:${version}'`);
        assert.equal(keys.trim(), "1");
    });

    it("comes back by GET, from the cache and from S3", async () => {
        const path = `/api/v1/schemas/test/shop/${version}`;
        const schema = async () => (JSON.parse((await call("GET", path)).body) as { schema: unknown }).schema;
        assert.deepEqual(await schema(), shop);
        await exec("justdb-redis-0", `redis-cli del 'schema:test:shop:${version}'`);
        assert.deepEqual(await schema(), shop);
        assert.equal((await call("GET", `${path}-absent`)).status, 404);
    });

    it("counts in the metrics", async () => {
        const url = `${await serviceUrl()}/actuator/prometheus`;
        const metrics = (await request("GET", url)).body;
        assert.match(metrics, /http_server_requests_seconds_count\{[^}]*uri="\/api\/v1\/schemas\/apply"[^}]*\} [1-9]/);
        assert.match(metrics, /http_server_requests_seconds_bucket\{/);
        assert.match(metrics, /hikaricp_connections/);
    });

    it("needs a token that the stack's own secret signed", async () => {
        const url = `${await serviceUrl()}/api/v1/schemas/test/shop/${version}`;
        assert.equal((await request("GET", url)).status, 401);
        const forged = `Bearer ${createHash("sha256").update("guess").digest("hex")}`;
        assert.equal((await request("GET", url, { authorization: forged })).status, 401);
        assert.ok((await secretValue(namespace, "justdb-secrets", "jwt-secret")).length >= 64);
    });
});

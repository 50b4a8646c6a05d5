import assert from "node:assert/strict";
import { CreateUserCommand, IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import { type AwsKey, awsRegion, sandboxStack, secretValue, withStack } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { namespace } from "../support/cluster";

const denied = (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode === 403;

describe("the generated access key", () => {
    let key: AwsKey;
    let own: s3.S3Client;
    let buckets: { schemas: string; backups: string };

    before(async () => {
        key = {
            accessKeyId: await secretValue(namespace, "aws-credentials", "aws-access-key-id"),
            secretAccessKey: await secretValue(namespace, "aws-credentials", "aws-secret-access-key"),
        };
        own = new s3.S3Client(clientSettings(key));
        const outputs = await withStack(sandboxStack, (stack) => stack.outputs());
        buckets = { schemas: outputs.schemasBucket!.value as string, backups: outputs.backupsBucket!.value as string };
    });

    it("writes, lists and reads schemas", async () => {
        const [Bucket, Key] = [buckets.schemas, "schemas/probe"];
        await own.send(new s3.PutObjectCommand({ Bucket, Key, Body: "probe" }));
        await own.send(new s3.ListObjectsV2Command({ Bucket, Prefix: "schemas/" }));
        const read = await own.send(new s3.GetObjectCommand({ Bucket, Key }));
        assert.equal(await read.Body!.transformToString(), "probe");
    });

    it("is denied on the backups", async () => {
        const [Bucket, Key] = [buckets.backups, "backups/probe"];
        await assert.rejects(own.send(new s3.PutObjectCommand({ Bucket, Key, Body: "probe" })), denied);
        await assert.rejects(own.send(new s3.GetObjectCommand({ Bucket, Key })), denied);
        await assert.rejects(own.send(new s3.ListObjectsV2Command({ Bucket })), denied);
    });

    it("is denied on another bucket", async () => {
        const Bucket = `somebody-elses-${Date.now()}`;
        const admin = new s3.S3Client(clientSettings());
        await admin.send(
            new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: awsRegion } }),
        );
        await assert.rejects(own.send(new s3.PutObjectCommand({ Bucket, Key: "schemas/x", Body: "x" })), denied);
        await assert.rejects(own.send(new s3.GetObjectCommand({ Bucket, Key: "schemas/x" })), denied);
        await assert.rejects(own.send(new s3.ListObjectsV2Command({ Bucket })), denied);
        await admin.send(new s3.DeleteBucketCommand({ Bucket }));
    });

    it("can neither delete an object nor change or delete its bucket", async () => {
        const Bucket = buckets.schemas;
        await assert.rejects(own.send(new s3.DeleteObjectCommand({ Bucket, Key: "schemas/probe" })), denied);
        await assert.rejects(own.send(new s3.DeleteBucketCommand({ Bucket })), denied);
        await assert.rejects(own.send(new s3.DeleteBucketPolicyCommand({ Bucket })), denied);
    });

    it("is denied every IAM call", async () => {
        const iam = new IAMClient(clientSettings(key));
        await assert.rejects(iam.send(new CreateUserCommand({ UserName: "intruder" })), denied);
        await assert.rejects(iam.send(new ListAccessKeysCommand({})), denied);
    });
});

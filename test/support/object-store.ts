// The S3-compatible store as a stack finds it: with TLS by an authority of its own, two buckets, and a key that may use them and nothing else.
import * as fs from "node:fs";
import * as path from "node:path";
import * as s3 from "@aws-sdk/client-s3";
import {
    apply,
    type AwsKey,
    bucketFolder,
    type ObjectStore,
    objectStoreAddress,
    objectStoreRegion,
    startObjectStore,
    stopObjectStore,
} from "../../sandbox";
import { checksumVariables } from "../../components/storage/variables";
import { keysOf } from "./backups";
import { certificateOf } from "./certificate";
import type { Config } from "./test-stack";

/** What docs/storage.md asks for: on the buckets, and on what is in them. */
const onBuckets = ["s3:ListBucket", "s3:ListBucketVersions"];
const onObjects = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];

const secretName = "their-storage-key";

export class Store {
    /** The authority of the store, and one of nobody. */
    ca = "";
    otherCa = "";
    /** As root. */
    client!: s3.S3Client;
    private store!: ObjectStore;

    async open(): Promise<void> {
        const [own, other] = await Promise.all([certificateOf(objectStoreAddress), certificateOf("nobody")]);
        this.ca = own.authority;
        this.otherCa = other.authority;
        this.store = await startObjectStore(own);
        this.client = this.clientOf(this.store.root);
    }

    close = stopObjectStore;

    private clientOf(key: AwsKey): s3.S3Client {
        return new s3.S3Client({
            endpoint: this.store.endpoint,
            region: objectStoreRegion,
            forcePathStyle: true,
            credentials: key,
            requestHandler: { httpsAgent: { ca: this.ca } },
        });
    }

    /** Two buckets that are named after the stack. */
    async makeBuckets(name: string): Promise<void> {
        for (const bucket of Object.values(this.buckets(name))) await this.makeBucket(bucket);
    }

    /** As somebody sets it up for a stack. */
    async makeBucket(Bucket: string): Promise<void> {
        await this.client.send(new s3.CreateBucketCommand({ Bucket }));
        const VersioningConfiguration = { Status: "Enabled" } as const;
        await this.client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
        const allow = (Action: string[], Resource: string) => ({
            Effect: "Allow",
            Principal: { AWS: [this.store.user.accessKeyId] },
            Action,
            Resource,
        });
        const Statement = [allow(onBuckets, `arn:aws:s3:::${Bucket}`), allow(onObjects, `arn:aws:s3:::${Bucket}/*`)];
        const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
        await this.client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
    }

    buckets = (name: string) => ({ schemas: `${name}-schemas`, backups: `${name}-backups` });

    settings(name: string): Config {
        const { schemas, backups } = this.buckets(name);
        return {
            storageEndpoint: this.store.endpoint,
            storageCaCertificates: this.ca,
            storageExistingSecret: secretName,
            storageExistingBuckets: "true",
            schemasBucketName: schemas,
            backupsBucketName: backups,
        };
    }

    /** The namespace of a stack, with the Secret in it. */
    async giveKey(namespace: string): Promise<void> {
        const { accessKeyId, secretAccessKey } = this.store.user;
        await apply([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            {
                apiVersion: "v1",
                kind: "Secret",
                metadata: { name: secretName, namespace },
                stringData: { "aws-access-key-id": accessKeyId, "aws-secret-access-key": secretAccessKey },
            },
        ]);
    }

    /** Puts many objects of the same content into a bucket, past S3, which would take as long as what is measured. */
    fill(bucket: string, keys: string[], content: string): void {
        const files = keys.map((key) => path.join(bucketFolder(bucket), key));
        for (const folder of new Set(files.map((file) => path.dirname(file))))
            fs.mkdirSync(folder, { recursive: true });
        for (const file of files) fs.writeFileSync(file, content);
    }

    /** Takes the objects of a folder out of a bucket, in the same way. */
    empty(bucket: string, folder: string): void {
        fs.rmSync(path.join(bucketFolder(bucket), folder), { recursive: true });
    }

    /** What scripts are told of it, which find its authority in a file. */
    variables(caFile: string): Record<string, string> {
        const { endpoint, user } = this.store;
        return {
            AWS_ENDPOINT_URL: endpoint,
            AWS_DEFAULT_REGION: objectStoreRegion,
            AWS_ACCESS_KEY_ID: user.accessKeyId,
            AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
            AWS_CA_BUNDLE: caFile,
            ...Object.fromEntries(checksumVariables(endpoint).map(({ name, value }) => [name, value])),
        };
    }

    async keysOf(Bucket: string, Prefix: string): Promise<string[]> {
        return (await keysOf(Bucket, this.client)).filter((key) => key.startsWith(Prefix));
    }
}

// How the tests reach the sandbox's AWS API: as its administrator, or with a key of their own.
import * as fs from "node:fs";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { administrator, awsEndpoint, type AwsKey, awsRegion, newKeys, unknownKeys } from "../../sandbox";

/** Settings of any client of the AWS SDK. A client may be there before the sandbox, and so before the administrator's key. */
export const clientSettings = (key?: AwsKey) => ({
    endpoint: awsEndpoint,
    region: awsRegion,
    forcePathStyle: true,
    credentials: key ?? (() => Promise.resolve(administrator())),
});

/** While something happens, the API does not know a key yet, as AWS some seconds after it was made. */
export async function whileUnknown<T>(accessKeyId: string, use: () => Promise<T>): Promise<T> {
    fs.writeFileSync(unknownKeys, accessKeyId);
    try {
        return await use();
    } finally {
        fs.rmSync(unknownKeys);
    }
}

/** In a suite, the API knows no key of a user that is younger than so many seconds, as AWS does not at first. */
export function withoutNewKeys(seconds: number): void {
    before(() => fs.writeFileSync(newKeys, String(seconds)));
    after(() => fs.rmSync(newKeys, { force: true }));
}

/** What S3 says to a key: nothing, if it takes it, else the code of the error. */
export async function refusalOf(key: AwsKey, Bucket: string): Promise<string> {
    const s3 = new S3Client({ ...clientSettings(key), maxAttempts: 1 });
    try {
        await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }));
        return "";
    } catch (error) {
        return (error as Error).name;
    }
}

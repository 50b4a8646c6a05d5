// How the tests reach the sandbox's AWS API: as its administrator, or with a key of their own.
import * as fs from "node:fs";
import { administrator, awsEndpoint, type AwsKey, awsRegion, unknownKeys } from "../../sandbox";

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

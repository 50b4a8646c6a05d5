// How the tests reach the sandbox's AWS API: as its administrator, or with a key of their own.
import { administrator, awsEndpoint, type AwsKey, awsRegion } from "../../sandbox";

/** Settings of any client of the AWS SDK. A client may be there before the sandbox, and so before the administrator's key. */
export const clientSettings = (key?: AwsKey) => ({
    endpoint: awsEndpoint,
    region: awsRegion,
    forcePathStyle: true,
    credentials: key ?? (() => Promise.resolve(administrator())),
});

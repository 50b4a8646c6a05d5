// How the tests reach the sandbox's AWS API: as its administrator, or with a key of their own.
import { administrator, awsEndpoint, awsRegion, type AwsKey } from "../../sandbox/aws/moto";

/** Settings of any client of the AWS SDK. */
export const clientSettings = (credentials: AwsKey = administrator()) => ({
    endpoint: awsEndpoint,
    region: awsRegion,
    forcePathStyle: true,
    credentials,
});

// Clients of the AWS APIs, from the provider's inputs and, where those are silent, the environment.
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { at, isObject, text, type Values } from "../lib/values";

export interface Clients {
    region: string;
    s3: S3Client;
    iam: IAMClient;
    kms: KMSClient;
    sts: STSClient;
    defaultTags: Record<string, string>;
}

/** The SDK hands nested provider inputs over as JSON text. */
function nested(value: unknown): unknown {
    return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

export function createClients(inputs: Values, env: NodeJS.ProcessEnv): Clients {
    const region = text(inputs.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1");
    const { accessKey, secretKey, token } = inputs;
    const credentials =
        typeof accessKey === "string" && typeof secretKey === "string"
            ? {
                  accessKeyId: accessKey,
                  secretAccessKey: secretKey,
                  ...(typeof token === "string" ? { sessionToken: token } : {}),
              }
            : undefined;
    const endpoints = Object.assign({}, ...[nested(inputs.endpoints) ?? []].flat()) as Record<string, string>;
    const options = (service: string) => ({
        region,
        ...(credentials ? { credentials } : {}),
        ...(endpoints[service] ? { endpoint: endpoints[service] } : {}),
    });
    // Only AWS itself gives each bucket a host name of its own.
    const custom = endpoints.s3 ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
    const forcePathStyle = String(inputs.s3UsePathStyle) === "true" || custom !== undefined;
    const defaultTags = at(nested(inputs.defaultTags), "tags");
    return {
        region,
        s3: new S3Client({ ...options("s3"), forcePathStyle, requestChecksumCalculation: "WHEN_REQUIRED" }),
        iam: new IAMClient(options("iam")),
        kms: new KMSClient(options("kms")),
        sts: new STSClient(options("sts")),
        defaultTags: isObject(defaultTags) ? (defaultTags as Record<string, string>) : {},
    };
}

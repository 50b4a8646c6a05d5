// The aws package's types that the product uses, over the real APIs.
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { version } from "@pulumi/aws/package.json";
import type { Answer, ProviderModule } from "../lib/provider";
import { Definition, TypedProvider } from "../lib/typed";
import type { Values } from "../lib/values";
import { accessKey } from "./access-key";
import { alias } from "./alias";
import { bucket, foundBucket } from "./bucket";
import { bucketSettings } from "./bucket-settings";
import { Clients, createClients } from "./clients";
import { rolePolicy, userPolicy } from "./inline-policy";
import { key } from "./key";
import { podIdentityAssociation } from "./pod-identity-association";
import { policyDocument } from "./policy-document";
import { role } from "./role";
import { user } from "./user";

/** `aws:s3/bucketPolicy:BucketPolicy` */
function token(module: string, type: string): string {
    return `aws:${module}/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
}

export const definitions: Record<string, Definition<Clients>> = {
    [token("s3", "Bucket")]: bucket,
    ...Object.fromEntries(Object.entries(bucketSettings).map(([type, setting]) => [token("s3", type), setting])),
    [token("iam", "User")]: user,
    [token("iam", "UserPolicy")]: userPolicy,
    [token("iam", "AccessKey")]: accessKey,
    [token("iam", "Role")]: role,
    [token("iam", "RolePolicy")]: rolePolicy,
    [token("eks", "PodIdentityAssociation")]: podIdentityAssociation,
    [token("kms", "Key")]: key,
    [token("kms", "Alias")]: alias,
};

const functions: Record<string, (args: Values, clients: Clients) => Answer<Values>> = {
    async "aws:index/getCallerIdentity:getCallerIdentity"(_, { sts }) {
        const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
        return { id: Account, accountId: Account, arn: Arn, userId: UserId };
    },
    "aws:index/getRegion:getRegion"(_, { region }) {
        return { id: region, region, name: region, endpoint: `ec2.${region}.amazonaws.com` };
    },
    "aws:index/getPartition:getPartition"() {
        return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
    },
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) => policyDocument(args),
    "aws:s3/getBucket:getBucket": ({ bucket: name }, clients) => foundBucket(String(name), clients),
};

export const aws: ProviderModule = {
    name: "aws",
    version,
    replaceOn: [],
    configure: (inputs, host) => new TypedProvider(definitions, createClients(inputs, process.env), host, functions),
};

import * as a from "../config/setting";
import { AwsCredentials, type IdentityArgs } from "./args";

export const arnOf = {
    oidcProvider: /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/[^/\s]+(?:\/[^/\s]+)*$/,
    policy: /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
};

const generation = a.integer(1, 9999, { default: 1, example: 2 });

export const schema: a.Schema<IdentityArgs> = {
    awsCredentials: a.choice(AwsCredentials, { default: "accessKey", example: "irsa" }),
    oidcProviderArn: a.text("the ARN of an OIDC provider in IAM", arnOf.oidcProvider, {
        default: "",
        example: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF",
    }),
    eksClusterName: a.text("the name of an EKS cluster", /^[A-Za-z0-9][\w-]{0,99}$/, {
        default: "",
        example: "production",
    }),
    stsEndpoint: a.url({ default: "", example: "https://sts-fips.us-east-1.amazonaws.com" }),
    stsCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    iamPath: a.text("a path that begins and ends with a slash", /^\/(?:[\w+=,.@-]+\/)*$/, {
        default: "/justdb/",
        example: "/teams/databases/",
    }),
    iamPermissionsBoundary: a.text("the ARN of a managed policy", arnOf.policy, {
        default: "",
        example: "arn:aws:iam::123456789012:policy/developers",
    }),
    appAccessKeyGeneration: generation,
    backupAccessKeyGeneration: generation,
    restoreAccessKeyGeneration: generation,
    drillAccessKeyGeneration: generation,
    archiveAccessKeyGeneration: generation,
};

import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import type { core } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Account, Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import { policyDocument, type Statement } from "./rights";
import { agents, audiences } from "./ways";

/** Who a role is for. */
export interface RoleHolder {
    /** Begins the names of the role and its policy, as children. */
    prefix: string;
    rights: Statement[];
    /** ServiceAccounts of the namespace whose pods may take it, and nobody else. */
    admitted: string[];
}

/** Ready when a pod of the ServiceAccounts can take it. */
export interface Role extends Waited {
    arn: pulumi.Output<string>;
}

/** A role with these rights. */
export function createRole({ settings, child, options }: Account, { prefix, rights, admitted }: RoleHolder): Role {
    const { awsCredentials, iamPath, iamPermissionsBoundary, eksClusterName, namespace } = settings;
    const isPodIdentity = awsCredentials === "podIdentity";
    const role = new iam.Role(
        child(`${prefix}role`),
        {
            // EKS associates none that has a path.
            ...(isPodIdentity ? {} : { path: iamPath }),
            ...(iamPermissionsBoundary === "" ? {} : { permissionsBoundary: iamPermissionsBoundary }),
            assumeRolePolicy: policyDocument([
                isPodIdentity ? byEks(settings, admitted) : byIssuer(settings, admitted),
            ]),
        },
        options(),
    );
    const policy = new iam.RolePolicy(
        child(`${prefix}role-policy`),
        { role: role.name, policy: policyDocument(rights) },
        options(),
    );
    const associations = (isPodIdentity ? admitted : []).map(
        (serviceAccount) =>
            new eks.PodIdentityAssociation(
                child(`${prefix}association-of-${serviceAccount}`),
                { clusterName: eksClusterName, namespace, serviceAccount, roleArn: role.arn },
                options(),
            ),
    );
    return { arn: role.arn, ready: [policy, ...associations] };
}

/** Who holds a token of these ServiceAccounts that is for AWS. By StringEquals: StringLike would take a star in a name for more. */
function byIssuer({ oidcProviderArn, namespace }: Resolved, admitted: string[]) {
    const issuer = oidcProviderArn.replace(/^[^/]*\//, "");
    return {
        Sid: "ByTheClustersTokens",
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
            StringEquals: {
                [`${issuer}:aud`]: audiences.irsa,
                [`${issuer}:sub`]: admitted.map((account) => `system:serviceaccount:${namespace}:${account}`),
            },
        },
    };
}

/** EKS, for pods of these ServiceAccounts. It tags each session with whose it is. */
function byEks({ eksClusterName, namespace }: Resolved, admitted: string[]) {
    return {
        Sid: "ByPodIdentity",
        Effect: "Allow",
        Principal: { Service: audiences.podIdentity },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-name": eksClusterName,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": admitted,
            },
        },
    };
}

/**
 * By what AWS's SDKs take the role. EKS's own webhook, which sets the same, leaves a container alone that has all of these, and a region:
 * so it is no matter whether a cluster has it.
 */
export function roleVariables(s: Resolved, role: Role, tokenFile: string): core.v1.EnvVar[] {
    const regional = { name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" };
    if (s.awsCredentials === "podIdentity") {
        const host = s.ipFamilies === "IPv6" ? `[${agents.IPv6}]` : agents.IPv4;
        return [
            { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: `http://${host}/v1/credentials` },
            { name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", value: tokenFile },
            regional,
        ];
    }
    return [
        { name: "AWS_ROLE_ARN", value: role.arn },
        { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: tokenFile },
        regional,
        ...(s.stsEndpoint === "" ? [] : [{ name: "AWS_ENDPOINT_URL_STS", value: s.stsEndpoint }]),
    ];
}

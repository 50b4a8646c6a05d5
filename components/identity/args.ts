export const AwsCredentials = { AccessKey: "accessKey", Irsa: "irsa", PodIdentity: "podIdentity" } as const;
export type AwsCredentials = (typeof AwsCredentials)[keyof typeof AwsCredentials];

export interface IdentityArgs {
    /**
     * By what pods call AWS. accessKey: keys of IAM users in Secrets. irsa: roles that an OIDC provider of the account vouches for, as EKS
     * has one for each cluster. podIdentity: roles that EKS Pod Identity gives. No user and no key is made for roles.
     * @default "accessKey"
     * @example "irsa"
     */
    awsCredentials?: AwsCredentials;

    /**
     * irsa only: ARN of the cluster's OIDC provider in IAM. It trusts the issuer that the ARN ends with.
     * @default ""
     * @example "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
     */
    oidcProviderArn?: string;

    /**
     * podIdentity only: name of the EKS cluster, which has the add-on eks-pod-identity-agent.
     * @default ""
     * @example "production"
     */
    eksClusterName?: string;

    /**
     * irsa only: URL of the STS API, where it is not the region's own.
     * @default ""
     * @example "https://sts-fips.us-east-1.amazonaws.com"
     */
    stsEndpoint?: string;

    /**
     * irsa only: CIDRs of the STS API, for the NetworkPolicy, where it is a VPC endpoint. Empty: the endpoint's address, or all public addresses.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    stsCidrs?: string[];

    /**
     * Path of the IAM users, and of the roles of irsa. Those of podIdentity have none, as EKS asks for. Another path replaces roles.
     * @default "/justdb/"
     * @example "/teams/databases/"
     */
    iamPath?: string;

    /**
     * ARN of the policy that bounds what the IAM users and roles may do at the most. Empty: none.
     * @default ""
     * @example "arn:aws:iam::123456789012:policy/developers"
     */
    iamPermissionsBoundary?: string;

    /**
     * Generation of the app's access key. The next number makes a new key, and the former one is refused as soon as nobody uses it.
     * @default 1
     * @example 2
     */
    appAccessKeyGeneration?: number;

    /**
     * The same for the keys of backups and of the exporter of their metrics.
     * @default 1
     * @example 2
     */
    backupAccessKeyGeneration?: number;

    /**
     * The same for the keys of restores, and of what restoreFrom reads.
     * @default 1
     * @example 2
     */
    restoreAccessKeyGeneration?: number;

    /**
     * The same for the key of drills.
     * @default 1
     * @example 2
     */
    drillAccessKeyGeneration?: number;

    /**
     * The same for the key of the continuous archive.
     * @default 1
     * @example 2
     */
    archiveAccessKeyGeneration?: number;
}

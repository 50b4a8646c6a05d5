// By what pods call AWS. Pure.
import type { IpFamily } from "../lib/cidr";
import type { Resolved } from "../parts";

type Way = Pick<Resolved, "awsCredentials" | "storageExistingSecret">;

/** Whether they have access keys of this stack. */
export const usesKeys = (s: Way) => s.awsCredentials === "accessKey" && !usesExisting(s);

/** Whether all of them have the one key that exists already. */
export const usesExisting = ({ storageExistingSecret }: Way) => storageExistingSecret !== "";

/** The settings that say which generation a key is of. */
export const accessKeyGenerations = [
    "appAccessKeyGeneration",
    "backupAccessKeyGeneration",
    "restoreAccessKeyGeneration",
    "drillAccessKeyGeneration",
    "archiveAccessKeyGeneration",
] as const;

/** Whether there may be keys of before: of an earlier generation, or of before there were roles. */
export const hasFormerKeys = (s: Resolved) => !usesKeys(s) || accessKeyGenerations.some((key) => s[key] > 1);

/** Ways by roles. */
export type RoleWay = Exclude<Resolved["awsCredentials"], "accessKey">;

/** Whether they have roles. */
export const usesRoles = <S extends Way>(s: S): s is S & { awsCredentials: RoleWay } =>
    s.awsCredentials === "irsa" || s.awsCredentials === "podIdentity";

/** What AWS knows tokens by that are for it, and those that are for the agent of EKS. */
export const audiences: Record<RoleWay, string> = { irsa: "sts.amazonaws.com", podIdentity: "pods.eks.amazonaws.com" };

/** Where the agent of EKS Pod Identity is, on each node. */
export const agents: Record<IpFamily, string> = { IPv4: "169.254.170.23", IPv6: "fd00:ec2::23" };

/** The token by which a pod takes its role, renewed as long as the pod runs. */
export const tokenSource = (way: RoleWay) => ({
    serviceAccountToken: { audience: audiences[way], expirationSeconds: 86_400, path: "token" },
});

// What would be lost with a resource. Everything else can be made anew from the program.
import type { StepEventStateMetadata } from "@pulumi/pulumi/automation";

const holders: [type: RegExp, holds: string][] = [
    [/^kubernetes:core\/v1:Namespace$/, "everything in the namespace"],
    [/^kubernetes:core\/v1:PersistentVolume(Claim)?$/, "a volume"],
    [/^kubernetes:postgresql\.cnpg\.io\/\w+:Cluster$/, "a database and its volumes"],
    [/^kubernetes:helm\.sh\/v3:Release$/, "whatever the chart keeps"],
    [/^kubernetes:apiextensions\.k8s\.io\/\w+:CustomResourceDefinition$/, "every object of its kind"],
    [/^aws:s3\/(bucket|bucketV2|directoryBucket):\w+$/, "a bucket"],
    [/^aws:iam\/accessKey:AccessKey$/, "a key in use"],
    [/^aws:kms\/(key|replicaKey|externalKey):\w+$/, "the key to encrypted data"],
    [/^aws:(rds|docdb|neptune)\/(instance|cluster|globalCluster|clusterInstance):\w+$/, "a database"],
    [/^aws:dynamodb\/(table|globalTable):\w+$/, "a table"],
    [/^aws:elasticache\/(cluster|replicationGroup|serverlessCache):\w+$/, "a cache"],
    [/^aws:(ebs\/volume|efs\/fileSystem|fsx\/\w+):\w+$/, "a volume"],
    [/^aws:secretsmanager\/secret:Secret$/, "a secret in use"],
    [/^random:/, "a generated value in use"],
    [/^tls:index\/privateKey:PrivateKey$/, "a key in use"],
];

type State = Pick<StepEventStateMetadata, "type" | "inputs" | "protect" | "retainOnDelete">;

function claimsVolumes({ type, inputs }: State): boolean {
    if (!/^kubernetes:apps\/\w+:StatefulSet$/.test(type)) return false;
    const { spec } = inputs as { spec?: { volumeClaimTemplates?: unknown } };
    const claims = spec?.volumeClaimTemplates;
    return Array.isArray(claims) ? claims.length > 0 : claims !== undefined;
}

/** A key that a rotation has put out of use: AWS refuses it. */
const isInactive = ({ type, inputs }: State) =>
    type === "aws:iam/accessKey:AccessKey" && (inputs as { status?: string }).status === "Inactive";

/** What the resource holds, in words; undefined when nothing would be lost with it. */
export function holdsData(state: State): string | undefined {
    if (isInactive(state)) return undefined;
    const known = holders.find(([type]) => type.test(state.type));
    if (known) return known[1];
    if (claimsVolumes(state)) return "volumes";
    // The program's own word for it.
    if (state.protect) return "what is protected";
    if (state.retainOnDelete) return "what is to be retained";
    return undefined;
}

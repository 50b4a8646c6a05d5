// Where the AWS resources hold their policy documents, of the old and the new types and of both providers.
import type { Field } from "../field";
import { PolicyDocument } from "./policy-document";
import { derivedOnce, type Resource } from "../resource";
import type { Judge } from "../judge";
import type { Config, ResourceRule } from "../rule";

/** What a document is for: the rights of an identity, who may take a role, who may use a bucket, or a key. */
export type Use = "identity" | "trust" | "bucket" | "key";

interface Source {
    type: RegExp;
    fields: (properties: Field) => Field[];
}

const at =
    (...path: string[]) =>
    (properties: Field) => [properties.at(...path)];
const each = (list: string, key: string) => (properties: Field) =>
    properties.at(list).items.map((item) => item.at(key));

const sources: Record<Use, Source[]> = {
    identity: [
        { type: /^aws:iam\/(?:policy|userPolicy|rolePolicy|groupPolicy):/, fields: at("policy") },
        { type: /^aws:iam\/role:/, fields: each("inlinePolicies", "policy") },
        { type: /^aws:ssoadmin\/permissionSetInlinePolicy:/, fields: at("inlinePolicy") },
        { type: /^aws-native:sso:PermissionSet$/, fields: at("inlinePolicy") },
        { type: /^aws-native:iam:(?:Managed|User|Role|Group)Policy$/, fields: at("policyDocument") },
        { type: /^aws-native:iam:(?:User|Role|Group)$/, fields: each("policies", "policyDocument") },
    ],
    trust: [
        { type: /^aws:iam\/role:/, fields: at("assumeRolePolicy") },
        { type: /^aws-native:iam:Role$/, fields: at("assumeRolePolicyDocument") },
    ],
    bucket: [
        { type: /^aws:s3\/(?:bucketPolicy|bucket|bucketV2|accessPoint):/, fields: at("policy") },
        { type: /^aws:s3\/(?:vectorsVectorBucketPolicy|filesFileSystemPolicy):/, fields: at("policy") },
        { type: /^aws:s3control\/(?:accessPointPolicy|objectLambdaAccessPointPolicy):/, fields: at("policy") },
        { type: /^aws:s3control\/(?:bucketPolicy|accessGrantsInstanceResourcePolicy):/, fields: at("policy") },
        { type: /^aws:s3control\/multiRegionAccessPointPolicy:/, fields: at("details", "policy") },
        { type: /^aws:s3tables\/(?:tableBucketPolicy|tablePolicy):/, fields: at("resourcePolicy") },
        { type: /^aws-native:s3(?:express|outposts)?:BucketPolicy$/, fields: at("policyDocument") },
        { type: /^aws-native:s3(?:express|outposts)?:AccessPoint$/, fields: at("policy") },
        { type: /^aws-native:s3:MultiRegionAccessPointPolicy$/, fields: at("policy") },
        { type: /^aws-native:s3objectlambda:AccessPointPolicy$/, fields: at("policyDocument") },
        { type: /^aws-native:s3files:FileSystemPolicy$/, fields: at("policy") },
        { type: /^aws-native:s3vectors:VectorBucketPolicy$/, fields: at("policy") },
        { type: /^aws-native:s3tables:(?:TableBucketPolicy|TablePolicy)$/, fields: at("resourcePolicy") },
    ],
    key: [
        { type: /^aws:kms\/(?:key|keyPolicy|replicaKey|externalKey|replicaExternalKey):/, fields: at("policy") },
        { type: /^aws-native:kms:(?:Key|ReplicaKey)$/, fields: at("keyPolicy") },
    ],
};

/** Neither absent nor the empty text that stands for none. Whether one that is not known is there is not known either: it is kept. */
const isThere = (field: Field) => field.unknown || !(field.absent || field.value === "");

const documents = (use: Use) =>
    derivedOnce(({ type, fields }: Resource) =>
        sources[use]
            .filter((source) => type.startsWith("aws") && source.type.test(type))
            .flatMap((source) => source.fields(fields))
            .filter(isThere)
            .map((field) => new PolicyDocument(field)),
    );

/** The documents of a resource, by what they are for. Throws UnknownValue when it is not known how many there are. */
export const documentsOf: Record<Use, (resource: Resource) => PolicyDocument[]> = {
    identity: documents("identity"),
    trust: documents("trust"),
    bucket: documents("bucket"),
    key: documents("key"),
};

/** A check of each document of one use. */
export const eachDocument =
    (use: Use, check: (document: PolicyDocument, judge: Judge, config: Config) => void): ResourceRule["check"] =>
    (resource, judge, config) =>
        judge.each(documentsOf[use](resource), (document) => check(document, judge, config));

// What programs that call S3 by AWS's SDK for Python are told: backups and restores by boto3, the archive by barman's. Pure.
import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { usesRoles } from "../identity/ways";
import type { Resolved } from "../parts";
import type { Storage } from "./storage";

/** Newer versions send checksums with everything, and want them with every answer; not every S3 API takes or gives them. */
export const checksumVariables = (endpoint: string) =>
    endpoint === ""
        ? []
        : [
              { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
              { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
          ];

/**
 * Where S3 is, by whom it is known, and how it addresses buckets, where that is not what the SDK takes for granted. With a role the
 * endpoint must not be that of all services: STS is elsewhere.
 */
export function storageVariables(
    s: Resolved,
    region: pulumi.Input<string>,
    authority?: { file: string },
): core.v1.EnvVar[] {
    const isElsewhere = s.storageEndpoint !== "";
    return [
        { name: "AWS_DEFAULT_REGION", value: region },
        ...(isElsewhere
            ? [{ name: usesRoles(s) ? "AWS_ENDPOINT_URL_S3" : "AWS_ENDPOINT_URL", value: s.storageEndpoint }]
            : []),
        ...(authority ? [{ name: "AWS_CA_BUNDLE", value: authority.file }] : []),
        ...(s.storagePathStyle === isElsewhere
            ? []
            : [{ name: "S3_ADDRESSING_STYLE", value: s.storagePathStyle ? "path" : "virtual" }]),
        ...checksumVariables(s.storageEndpoint),
    ];
}

/** The same, and the names of both buckets. */
export const bucketVariables = (s: Resolved, { schemas, backups, authority }: Storage): core.v1.EnvVar[] => [
    { name: "SCHEMAS_BUCKET", value: schemas.bucket },
    { name: "BACKUPS_BUCKET", value: backups.bucket },
    ...storageVariables(s, schemas.region, authority?.certificates),
];

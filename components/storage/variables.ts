// What programs that call S3 by AWS's SDK for Python are told: backups and restores by boto3, the archive by barman's. Pure.
import type { Resolved } from "../parts";

/** Newer versions send checksums with everything, and want them with every answer; not every S3 API takes or gives them. */
export const checksumVariables = (endpoint: string) =>
    endpoint === ""
        ? []
        : [
              { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
              { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
          ];

/** Where S3 is, by whom it is known, and how it addresses buckets, where that is not what the SDK takes for granted. */
export function storageVariables(s: Resolved, authority?: { file: string }) {
    const byPath = s.storageEndpoint !== "";
    return [
        ...(s.storageEndpoint === "" ? [] : [{ name: "AWS_ENDPOINT_URL", value: s.storageEndpoint }]),
        ...(authority ? [{ name: "AWS_CA_BUNDLE", value: authority.file }] : []),
        ...(s.storagePathStyle === byPath
            ? []
            : [{ name: "S3_ADDRESSING_STYLE", value: s.storagePathStyle ? "path" : "virtual" }]),
        ...checksumVariables(s.storageEndpoint),
    ];
}

/**
 * Variables of every program that calls S3 by AWS's SDK for Python: backups and restores by boto3, the archive by barman's. Newer
 * versions send checksums with everything, and want them with every answer; not every S3 API takes or gives them. Pure.
 */
export const checksumVariables = (endpoint: string) =>
    endpoint === ""
        ? []
        : [
              { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
              { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
          ];

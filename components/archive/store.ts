import type * as pulumi from "@pulumi/pulumi";
import { names } from "../database/names";
import { checksumVariables } from "../storage/checksums";
import { sidecarRequests } from "./settings";

/** Where continuous archives are in a bucket, each in a folder of its own. */
export const archivePrefix = "archive/";

export const barmanPlugin = "barman-cloud.cloudnative-pg.io";

/**
 * What makes a base backup, once or by a schedule. Of the primary: its backup ends only when its changes are archived. A standby's ends
 * without that, so it would put an empty database that stands in a lost one's place into the lost one's archive.
 */
export const baseBackup = {
    cluster: { name: names.cluster },
    target: "primary",
    method: "plugin",
    pluginConfiguration: { name: barmanPlugin },
};

interface Store {
    /** URL of the archive's folder in its bucket. */
    destination: pulumi.Input<string>;
    /** URL of the S3 API; empty: AWS's own. */
    endpoint: string;
    /** Name of the Secret with the key and the region. */
    secretName: string;
    /** Absent: nothing is ever deleted. */
    retentionDays?: number;
    /** Of the sidecar. */
    limits: { cpu: string; memory: string };
}

/** Spec of an ObjectStore, by which the plugin knows an archive. Pure. */
export function objectStore({ destination, endpoint, secretName, retentionDays, limits }: Store) {
    const fromSecret = (key: string) => ({ name: secretName, key });
    const packed = { compression: "gzip", encryption: "AES256" };
    return {
        configuration: {
            destinationPath: destination,
            ...(endpoint === "" ? {} : { endpointURL: endpoint }),
            s3Credentials: {
                accessKeyId: fromSecret("aws-access-key-id"),
                secretAccessKey: fromSecret("aws-secret-access-key"),
                region: fromSecret("aws-region"),
            },
            wal: { ...packed, maxParallel: 2 },
            data: { ...packed, jobs: 2 },
        },
        ...(retentionDays === undefined ? {} : { retentionPolicy: `${retentionDays}d` }),
        instanceSidecarConfiguration: {
            env: checksumVariables(endpoint),
            resources: { requests: sidecarRequests, limits },
        },
    };
}

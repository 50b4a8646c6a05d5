import type * as pulumi from "@pulumi/pulumi";
import type { Variable } from "../backup/operation";
import { names } from "../database/names";
import { checksumVariables } from "../storage/variables";
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

export interface Store {
    /** URL of the archive's folder in its bucket. */
    destination: pulumi.Input<string>;
    /** URL of the S3 API; empty: AWS's own. */
    endpoint: string;
    /** Where the authorities are that it is known by; absent: the public ones. */
    authority?: { name: string; key: string };
    /** Whether S3 is asked for its own key, else for the bucket's default. */
    encrypted: boolean;
    s3Credentials: Partial<ReturnType<typeof ofSecret>> | { inheritFromIAMRole: true };
    /** Of the sidecar. */
    env: Variable[];
    /** Absent: nothing is ever deleted. */
    retentionDays?: number;
    /** Of the sidecar. */
    limits: { cpu: string; memory: string };
}

/** The Secret with the key and the region. */
export function ofSecret(name: string) {
    const fromSecret = (key: string) => ({ name, key });
    return {
        accessKeyId: fromSecret("aws-access-key-id"),
        secretAccessKey: fromSecret("aws-secret-access-key"),
        region: fromSecret("aws-region"),
    };
}

/** Spec of an ObjectStore, by which the plugin knows an archive. Pure. */
export function objectStore({
    destination,
    endpoint,
    authority,
    encrypted,
    s3Credentials,
    env,
    retentionDays,
    limits,
}: Store) {
    const packed = { compression: "gzip", ...(encrypted ? { encryption: "AES256" } : {}) };
    return {
        configuration: {
            destinationPath: destination,
            ...(endpoint === "" ? {} : { endpointURL: endpoint }),
            ...(authority ? { endpointCA: authority } : {}),
            s3Credentials,
            wal: { ...packed, maxParallel: 2 },
            data: { ...packed, jobs: 2 },
        },
        ...(retentionDays === undefined ? {} : { retentionPolicy: `${retentionDays}d` }),
        instanceSidecarConfiguration: {
            env: [...env, ...checksumVariables(endpoint)],
            resources: { requests: sidecarRequests, limits },
        },
    };
}

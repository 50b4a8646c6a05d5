import type * as pulumi from "@pulumi/pulumi";
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

interface Store {
    /** URL of the archive's folder in its bucket. */
    destination: pulumi.Input<string>;
    /** URL of the S3 API; empty: AWS's own. */
    endpoint: string;
    /** Where the authorities are that it is known by; absent: the public ones. */
    authority?: { name: string; key: string };
    /** Whether S3 is asked for its own key, else for the bucket's default. */
    encrypted: boolean;
    s3Credentials: ReturnType<typeof s3Credentials>;
    /** Absent: nothing is ever deleted. */
    retentionDays?: number;
    /** Of the sidecar. */
    limits: { cpu: string; memory: string };
}

/** The key, and the region, which a Secret of this stack tells. Pure. */
export const s3Credentials = (
    { secretName, inSecret }: { secretName: string; inSecret: { id: string; secret: string } },
    ownSecret: string,
) => ({
    accessKeyId: { name: secretName, key: inSecret.id },
    secretAccessKey: { name: secretName, key: inSecret.secret },
    region: { name: ownSecret, key: "aws-region" },
});

/** Spec of an ObjectStore, by which the plugin knows an archive. Pure. */
export function objectStore({
    destination,
    endpoint,
    authority,
    encrypted,
    s3Credentials,
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
            env: checksumVariables(endpoint),
            resources: { requests: sidecarRequests, limits },
        },
    };
}

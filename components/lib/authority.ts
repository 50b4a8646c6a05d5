// The certificate authorities by which pods know a server: one file a server, in one folder of each pod that connects to it.
import * as core from "@pulumi/kubernetes/core/v1";
import type { core as inputs } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { checksum } from "./checksum";
import type { Cluster, Waited } from "./scope";

const folder = "/authorities";

/** What a server is verified by. */
export interface Authority extends Waited {
    /** Where a pod finds it. */
    file: string;
    source: inputs.v1.VolumeProjection;
    /** Another one with other certificates, where this stack knows them: most programs read them once, when they start. */
    checksum?: pulumi.Output<string>;
}

/** Where a pod finds what is projected there. */
export const authorityFile = (path: string) => `${folder}/${path}`;

const fileOf = (server: string) => ({ key: "ca.crt", path: `${server}.pem` });

/** The certificates of a setting, in a ConfigMap. Undefined where it is empty: the server is known by public authorities, or not verified. */
export function createAuthority(
    { child, metadata, options }: Cluster,
    server: string,
    certificates: pulumi.Input<string>,
): Authority | undefined {
    if (certificates === "") return undefined;
    const name = `justdb-${server}-ca`;
    const file = fileOf(server);
    const configMap = new core.ConfigMap(
        child(`${server}-ca`),
        { metadata: metadata(name), data: { [file.key]: certificates } },
        options(),
    );
    return {
        file: authorityFile(file.path),
        source: { configMap: { name, items: [file] } },
        checksum: pulumi.output(certificates).apply(checksum),
        ready: [configMap],
    };
}

/** The certificate in a Secret that somebody else renews. Of such a Secret no pod has anything else. */
export function authorityOf(server: string, secretName: string): Authority {
    const file = fileOf(server);
    return {
        file: authorityFile(file.path),
        source: { secret: { name: secretName, items: [file] } },
        ready: [],
    };
}

export type Authorities = (Authority | undefined)[];

const known = (authorities: Authorities) => authorities.filter((one) => one !== undefined);

export const authorityVolumes = (authorities: Authorities): inputs.v1.Volume[] =>
    known(authorities).length === 0
        ? []
        : [{ name: "authorities", projected: { sources: known(authorities).map(({ source }) => source) } }];

export const authorityMounts = (authorities: Authorities): inputs.v1.VolumeMount[] =>
    known(authorities).length === 0 ? [] : [{ name: "authorities", mountPath: folder, readOnly: true }];

/** What rolls pods when the certificates change. */
export function authorityAnnotations(authorities: Authorities): Record<string, pulumi.Output<string>> {
    const checksums = known(authorities).flatMap((one) => one.checksum ?? []);
    if (checksums.length === 0) return {};
    return { "justdb.cloud/authorities": pulumi.all(checksums).apply((all) => checksum(all.join())) };
}

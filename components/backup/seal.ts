import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import type { SecretKey } from "../secrets/secrets";
import { names } from "./names";

/** Where the pods of operations find the key that backups are sealed with. Ready is its Secret. */
export interface Seal extends Waited {
    key: SecretKey;
}

/** In a Secret, the key that backups are sealed with. */
export const sealKey = "seal-key";

/**
 * The key by which a backup is known to be this stack's own. Whoever has an access key of the backups bucket can add a backup to it, but not
 * seal it. It is kept like what holds data: backups whose key is lost are restored by their ids only.
 */
export function createSeal({ child, metadata, stateful }: Cluster): Seal {
    const generated = new RandomPassword(child("backup-seal-key"), { length: 64, special: false }, stateful());
    const value = pulumi.secret(generated.result);
    const secret = new core.Secret(
        child("backup-seal"),
        { metadata: metadata(names.seal), type: "Opaque", data: secretData({ [sealKey]: value }) },
        stateful(),
    );
    return { key: { name: names.seal, key: sealKey, value }, ready: [secret] };
}

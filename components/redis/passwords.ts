import { createHash } from "node:crypto";
import * as core from "@pulumi/kubernetes/core/v1";
import type { core as inputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { type Turn, turnOf, turns } from "../lib/generation";
import type { Cluster } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import type { SecretKey } from "../secrets/secrets";

const hashKey = "sha256";
const hash = (password: string) => createHash("sha256").update(password).digest("hex");
const nameOf = (turn: Turn) => `justdb-redis-hash-${turn}`;

/**
 * The hash of the password, for Redis' pod. There are two such Secrets, used in turn: the new one is made while all use the former, which is
 * in the program no longer, and so is deleted when the update is through.
 */
export function createHashOf(
    { child, metadata, options }: Cluster,
    password: pulumi.Output<string>,
    generation: number,
): core.Secret {
    const turn = turnOf(generation);
    return new core.Secret(
        child(`redis-hash-${turn}`),
        { metadata: metadata(nameOf(turn)), type: "Opaque", data: secretData({ [hashKey]: password.apply(hash) }) },
        options(),
    );
}

/** The password itself, of a Secret that somebody else writes and changes. */
export const given = ({ name, key }: SecretKey): inputs.v1.VolumeProjection => ({
    secret: { name, items: [{ key, path: "given" }] },
});

/** Both, wherever they are: so a new password changes nothing of the pod. */
export const hashes: inputs.v1.VolumeProjection[] = turns.map((turn) => ({
    secret: { name: nameOf(turn), optional: true, items: [{ key: hashKey, path: `passwords/${turn}` }] },
}));

// Secrets that somebody else makes, and settings name.
import type * as pulumi from "@pulumi/pulumi";
import { operatorImage } from "../database/settings";
import type { Key, Resolved } from "../parts";

export interface NamedSecret {
    setting: Key;
    name: pulumi.Input<string>;
    namespace: string;
    /** What it must hold. */
    keys: string[];
}

/** Those without which pods do not start. Pure. */
export function namedSecrets(s: Resolved): NamedSecret[] {
    // CloudNativePG logs in the owner whom the Secret names.
    const ofOwner = s.postgresMode === "managed" ? ["username"] : [];
    const named: [Key, pulumi.Input<string>, string[]][] = [
        ["postgresExistingSecret", s.postgresExistingSecret, [...ofOwner, s.postgresExistingSecretKey]],
        ["jwtExistingSecret", s.jwtExistingSecret, [s.jwtExistingSecretKey]],
        ["redisExistingSecret", s.redisExistingSecret, [s.redisExistingSecretKey]],
        [
            "storageExistingSecret",
            s.storageExistingSecret,
            [s.storageExistingSecretIdKey, s.storageExistingSecretSecretKey],
        ],
    ];
    return [
        ...named
            .filter(([, name]) => name !== "")
            .map(([setting, name, keys]) => ({ setting, name, keys, namespace: s.namespace })),
        ...pulledWith(s),
    ];
}

/** A registry's Secret is read in the namespace of the pods that pull from it. */
function pulledWith(s: Resolved): NamedSecret[] {
    const isMirrored = s.postgresOperatorImage !== operatorImage || Object.keys(s.imageMirror).length > 0;
    const namespaces = [s.namespace, ...(s.postgresInstallOperator && isMirrored ? [s.postgresOperatorNamespace] : [])];
    return s.imagePullSecrets.flatMap((name) =>
        namespaces.map((namespace) => ({
            setting: "imagePullSecrets" as const,
            name,
            namespace,
            keys: [".dockerconfigjson"],
        })),
    );
}

/** What must be there before an update. A name that is known later may be of a Secret that the same update makes. Pure. */
export const neededSecrets = (s: Resolved) =>
    (s.secretsPreflight ? namedSecrets(s) : [])
        .filter((one): one is NamedSecret & { name: string } => typeof one.name === "string")
        .map(({ setting, name, namespace, keys }) => ({
            name,
            namespace,
            keys,
            what: `${setting} names a Secret that is not there, or lacks a key: the pods that need it would not start`,
            fix:
                `make it in namespace ${namespace}, with the key ${keys.join(" and the key ")}, and the namespace before it; ` +
                "if it comes later, or by this update: pulumi config set secretsPreflight false",
        }));

import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/rights";
import type { Account } from "../lib/scope";

/** In storageFormerKmsKeys: the key that this stack has made itself. */
export const ownKey = "own";

/** The keys of KMS that objects are under. S3's own key, which others are under, asks nobody for a right. */
export interface Keys {
    /** That of new objects; absent where they are under S3's own. */
    current?: pulumi.Output<string>;
    /** Those that older objects may be under. */
    former: pulumi.Output<string>[];
}

export function createKeys(account: Account): Keys {
    const { storageEncryption, storageKmsKeyArn, storageFormerKmsKeys } = account.settings;
    const usesKms = storageEncryption === "kms";
    const usesOwn = usesKms && storageKmsKeyArn === "";
    const own = usesOwn || storageFormerKmsKeys.includes(ownKey) ? createOwnKey(account) : undefined;
    const given = usesKms && !usesOwn ? pulumi.output(storageKmsKeyArn) : undefined;
    return {
        current: usesOwn ? own : given,
        former: storageFormerKmsKeys.map((key) => (key === ownKey ? own! : pulumi.output(key))),
    };
}

/** Its policy is KMS' own default: whoever may use it is said by IAM alone. It stays when the stack does, as objects are lost without it. */
function createOwnKey({ child, stateful }: Account): pulumi.Output<string> {
    const key = new kms.Key(
        child("storage-key"),
        {
            description: `Objects of ${child("schemas")} and ${child("backups")}`,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            tags: { component: "justdb-cloud" },
        },
        stateful(),
    );
    // Names of aliases are taken once in an account and region, by whichever stack.
    const name = pulumi.interpolate`alias/${child("storage")}-${key.keyId.apply((id) => id.slice(0, 8))}`;
    new kms.Alias(child("storage-key-alias"), { name, targetKeyId: key.keyId }, stateful());
    return key.arn;
}

interface Encrypted {
    keys: Keys;
    schemas: { region: pulumi.Output<string> };
}

/** What a reader of objects needs, whichever key they are under. `more` are keys of another stack's objects. */
export const toDecrypt = (storage: Encrypted, more: string[] = [], sid = "Decrypt"): Statement[] =>
    throughS3(storage, sid, "kms:Decrypt", [
        ...(storage.keys.current ? [storage.keys.current] : []),
        ...storage.keys.former,
        ...more,
    ]);

/** The same for whoever writes objects too, in parts among others: S3 reads those again when it joins them. */
export const toEncrypt = (storage: Encrypted, more: string[] = []): Statement[] => [
    ...toDecrypt(storage, more),
    ...throughS3(storage, "Encrypt", "kms:GenerateDataKey", storage.keys.current ? [storage.keys.current] : []),
];

/** Of use to S3 alone: with the same credentials KMS itself answers nothing. */
const throughS3 = (
    { schemas }: Encrypted,
    Sid: string,
    action: string,
    Resource: pulumi.Input<string>[],
): Statement[] =>
    Resource.length === 0
        ? []
        : [
              {
                  Sid,
                  Effect: "Allow",
                  Action: [action],
                  Resource,
                  Condition: { StringEquals: { "kms:ViaService": schemas.region.apply(s3Of) } },
              },
          ];

const s3Of = (region: string) => `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;

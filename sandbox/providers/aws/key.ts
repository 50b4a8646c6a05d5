// aws.kms.Key.
import * as kms from "@aws-sdk/client-kms";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";
import { ownTags, tagList, tagMap } from "./tags";

const kmsTags = (clients: Clients, tags: unknown) =>
    tagList(clients.defaultTags, tags).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

async function describe(KeyId: string, { kms: client, defaultTags }: Clients): Promise<Values | undefined> {
    const key = (await unlessGone(client.send(new kms.DescribeKeyCommand({ KeyId }))))?.KeyMetadata;
    if (!key || key.KeyState === "PendingDeletion") return undefined;
    const { KeyRotationEnabled } = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
    const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
    const listed = (await client.send(new kms.ListResourceTagsCommand({ KeyId }))).Tags;
    const tags = tagMap(listed?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
    return {
        arn: key.Arn,
        keyId: key.KeyId,
        description: key.Description,
        enableKeyRotation: KeyRotationEnabled,
        policy: Policy,
        tags: ownTags(tags, defaultTags),
        tagsAll: tags,
    };
}

async function setRotation(KeyId: string, { enableKeyRotation }: Values, client: kms.KMSClient): Promise<void> {
    if (enableKeyRotation === true) await client.send(new kms.EnableKeyRotationCommand({ KeyId }));
    else await client.send(new kms.DisableKeyRotationCommand({ KeyId }));
}

export const key: Definition<Clients> = {
    computed: ["arn", "keyId", "tagsAll"],
    replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
    defaults: { enableKeyRotation: false, isEnabled: true },
    json: ["policy"],
    validate: ({ deletionWindowInDays: days = 30 }) =>
        typeof days === "number" && days >= 7 && days <= 30
            ? []
            : [{ property: "deletionWindowInDays", reason: `${String(days)}: 7 to 30 is allowed` }],
    async create(inputs, { client }) {
        const { KeyMetadata } = await client.kms.send(
            new kms.CreateKeyCommand({
                Description: inputs.description as string | undefined,
                Policy: inputs.policy as string | undefined,
                Tags: kmsTags(client, inputs.tags),
            }),
        );
        const id = KeyMetadata!.KeyId!;
        await setRotation(id, inputs, client.kms);
        return { id, outputs: (await describe(id, client))! };
    },
    async update(id, inputs, _, { client }) {
        await setRotation(id, inputs, client.kms);
        if (typeof inputs.policy === "string") {
            const policy = { KeyId: id, PolicyName: "default", Policy: inputs.policy };
            await client.kms.send(new kms.PutKeyPolicyCommand(policy));
        }
        const Description = typeof inputs.description === "string" ? inputs.description : "";
        await client.kms.send(new kms.UpdateKeyDescriptionCommand({ KeyId: id, Description }));
        await client.kms.send(new kms.TagResourceCommand({ KeyId: id, Tags: kmsTags(client, inputs.tags) }));
        return (await describe(id, client))!;
    },
    async read(id, _, { client }) {
        const outputs = await describe(id, client);
        return outputs && { id, outputs };
    },
    async delete(id, { deletionWindowInDays }, { client }) {
        const PendingWindowInDays = typeof deletionWindowInDays === "number" ? deletionWindowInDays : 30;
        await unlessGone(client.kms.send(new kms.ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays })));
    },
};

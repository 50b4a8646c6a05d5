// aws.iam.AccessKey. AWS tells a key's secret once, so a key whose creation was cut short is lost: a tag on the user
// says which key belongs to which resource, and the next update takes the lost one away.
import { createHash } from "node:crypto";
import * as iam from "@aws-sdk/client-iam";
import type { Context, Definition } from "../lib/typed";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";
import { tagMap } from "./tags";

export const accessKeyMark = "pulumi:access-key:";

function markOf(urn: string): string {
    return accessKeyMark + createHash("sha256").update(urn).digest("hex").slice(0, 16);
}

async function keysOf(UserName: string, client: Clients): Promise<string[]> {
    const { AccessKeyMetadata = [] } = await client.iam.send(new iam.ListAccessKeysCommand({ UserName }));
    return AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId ?? "");
}

async function mark(UserName: string, Key: string, Value: string, client: Clients): Promise<void> {
    await client.iam.send(new iam.TagUserCommand({ UserName, Tags: [{ Key, Value }] }));
}

/** The keys that a mark says to be this resource's own: `key <id>`, or all but those of `creating <ids before>`. */
export function keysOfMark(value: string | undefined, existing: string[]): string[] {
    const [state, ...ids] = (value ?? "").split(" ");
    if (state === "key") return existing.filter((id) => ids.includes(id));
    return state === "creating" ? existing.filter((id) => !ids.includes(id)) : [];
}

async function removeLost(UserName: string, { client, host, urn, knownIds }: Context<Clients>): Promise<void> {
    const { Tags } = await client.iam.send(new iam.ListUserTagsCommand({ UserName }));
    const marked = keysOfMark(tagMap(Tags)[markOf(urn)], await keysOf(UserName, client));
    for (const AccessKeyId of marked.filter((id) => !knownIds.has(id))) {
        const used = await client.iam.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId }));
        if (used.AccessKeyLastUsed?.LastUsedDate) {
            host.warn(
                urn,
                `access key ${AccessKeyId} of ${UserName} is not in the state but was used: it is left as it is`,
            );
            continue;
        }
        await client.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
        host.warn(urn, `access key ${AccessKeyId} of ${UserName} was left by an update that was cut short: deleted`);
    }
}

/** `creating` is only true for one key at a time. */
const turns = new Map<string, Promise<unknown>>();

function inTurn<T>(userName: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(userName) ?? Promise.resolve()).then(work, work);
    turns.set(userName, turn);
    return turn;
}

async function setStatus(UserName: string, AccessKeyId: string, status: unknown, client: Clients): Promise<void> {
    const Status = status as iam.StatusType;
    await client.iam.send(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));
}

export const accessKey: Definition<Clients> = {
    computed: ["secret", "createDate"],
    secrets: ["secret"],
    replaceOn: ["user"],
    defaults: { status: "Active" },
    validate: ({ pgpKey, status }) => [
        ...(pgpKey === undefined ? [] : [{ property: "pgpKey", reason: "not supported in the sandbox" }]),
        ...(status === "Active" || status === "Inactive"
            ? []
            : [{ property: "status", reason: `"${String(status)}": Active or Inactive is allowed` }]),
    ],
    create: (inputs, context) => {
        const UserName = String(inputs.user);
        const { client, urn } = context;
        return inTurn(UserName, async () => {
            await removeLost(UserName, context);
            await mark(UserName, markOf(urn), ["creating", ...(await keysOf(UserName, client))].join(" "), client);
            const { AccessKey } = await client.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
            const id = AccessKey?.AccessKeyId ?? "";
            await mark(UserName, markOf(urn), `key ${id}`, client);
            if (inputs.status === "Inactive") await setStatus(UserName, id, "Inactive", client);
            const createDate = AccessKey?.CreateDate?.toISOString();
            return { id, outputs: { secret: AccessKey?.SecretAccessKey, createDate } };
        });
    },
    async update(id, inputs, _, { client }) {
        await setStatus(String(inputs.user), id, inputs.status, client);
        return {};
    },
    async read(id, state, { client }) {
        const UserName = String(state.user);
        const list = await unlessGone(client.iam.send(new iam.ListAccessKeysCommand({ UserName })));
        const live = list?.AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === id);
        return live ? { id, outputs: { ...state, status: live.Status } } : undefined;
    },
    async delete(AccessKeyId, state, { client, urn }) {
        const UserName = String(state.user);
        await unlessGone(client.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId })));
        const tags = await unlessGone(client.iam.send(new iam.ListUserTagsCommand({ UserName })));
        // In a replacement the mark is the successor's already.
        if (tagMap(tags?.Tags)[markOf(urn)] !== `key ${AccessKeyId}`) return;
        await client.iam.send(new iam.UntagUserCommand({ UserName, TagKeys: [markOf(urn)] }));
    },
};

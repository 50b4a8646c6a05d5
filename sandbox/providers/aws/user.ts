// aws.iam.User.
import * as iam from "@aws-sdk/client-iam";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import { accessKeyMark } from "./access-key";
import type { Clients } from "./clients";
import { errorName, unlessGone } from "./errors";
import { bearsTags, ownTags, tagList, tagMap } from "./tags";

function describe(user: iam.User, { defaultTags }: Clients): Values {
    const tags = tagMap(user.Tags?.filter(({ Key }) => !Key?.startsWith(accessKeyMark)));
    return {
        name: user.UserName,
        path: user.Path,
        arn: user.Arn,
        uniqueId: user.UserId,
        permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: ownTags(tags, defaultTags),
        tagsAll: tags,
    };
}

async function getUser(client: Clients, UserName: string): Promise<iam.User | undefined> {
    return (await unlessGone(client.iam.send(new iam.GetUserCommand({ UserName }))))?.User;
}

async function existing(name: string, client: Clients): Promise<iam.User> {
    const live = await getUser(client, name);
    if (!live) throw new Error(`user ${name} is gone`);
    return live;
}

/** Name and tags are set in one call, so a user with both is what a cut-short update left behind. */
async function createOrAdopt(inputs: Values, client: Clients): Promise<void> {
    const UserName = String(inputs.name);
    const Tags = tagList(client.defaultTags, inputs.tags);
    const Path = String(inputs.path);
    const boundary = inputs.permissionsBoundary;
    try {
        await client.iam.send(
            new iam.CreateUserCommand({
                UserName,
                Path,
                Tags,
                ...(typeof boundary === "string" ? { PermissionsBoundary: boundary } : {}),
            }),
        );
    } catch (error) {
        if (!errorName(error).startsWith("EntityAlreadyExists")) throw error;
        const live = await getUser(client, UserName);
        if (live?.Path !== Path || !bearsTags(tagMap(live.Tags), Tags)) throw error;
    }
}

async function updateTags(UserName: string, inputs: Values, client: Clients): Promise<void> {
    const wanted = tagList(client.defaultTags, inputs.tags);
    const live = tagMap((await getUser(client, UserName))?.Tags);
    const keep = new Set(wanted.map(({ Key }) => Key));
    const TagKeys = Object.keys(live).filter((key) => !keep.has(key) && !key.startsWith(accessKeyMark));
    if (TagKeys.length) await client.iam.send(new iam.UntagUserCommand({ UserName, TagKeys }));
    if (wanted.length) await client.iam.send(new iam.TagUserCommand({ UserName, Tags: wanted }));
}

async function removeCredentials(UserName: string, client: Clients): Promise<void> {
    const { AccessKeyMetadata = [] } = await client.iam.send(new iam.ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of AccessKeyMetadata) {
        await client.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
}

export const user: Definition<Clients> = {
    computed: ["arn", "uniqueId", "tagsAll"],
    replaceOn: ["name", "path"],
    defaults: { path: "/", forceDestroy: false },
    named: { property: "name", digits: 7 },
    async create(inputs, { client }) {
        const id = String(inputs.name);
        await createOrAdopt(inputs, client);
        return { id, outputs: describe(await existing(id, client), client) };
    },
    async update(id, inputs, _, { client }) {
        const PermissionsBoundary = inputs.permissionsBoundary;
        if (typeof PermissionsBoundary === "string") {
            await client.iam.send(new iam.PutUserPermissionsBoundaryCommand({ UserName: id, PermissionsBoundary }));
        } else {
            await unlessGone(client.iam.send(new iam.DeleteUserPermissionsBoundaryCommand({ UserName: id })));
        }
        await updateTags(id, inputs, client);
        return describe(await existing(id, client), client);
    },
    async read(id, state, { client }) {
        const live = await getUser(client, id);
        if (!live) return undefined;
        return { id, outputs: { forceDestroy: state.forceDestroy ?? false, ...describe(live, client) } };
    },
    async delete(id, state, { client }) {
        if (!(await getUser(client, id))) return;
        if (state.forceDestroy === true) await removeCredentials(id, client);
        await client.iam.send(new iam.DeleteUserCommand({ UserName: id }));
    },
};

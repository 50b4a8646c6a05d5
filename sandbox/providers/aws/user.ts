// aws.iam.User.
import * as iam from "@aws-sdk/client-iam";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import { accessKeyMark } from "./access-key";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";
import { createOrAdopt, identityOf, updateBoundary, updateTags } from "./iam-identity";
import { ownTags, tagMap } from "./tags";

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
        const identity = identityOf(inputs, client);
        const create = new iam.CreateUserCommand({ UserName: id, ...identity });
        await createOrAdopt(
            identity,
            () => client.iam.send(create),
            () => getUser(client, id),
        );
        return { id, outputs: describe(await existing(id, client), client) };
    },
    async update(id, inputs, state, { client }) {
        const UserName = id;
        await updateBoundary(inputs, state, {
            put: (PermissionsBoundary) =>
                client.iam.send(new iam.PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
            remove: () => client.iam.send(new iam.DeleteUserPermissionsBoundaryCommand({ UserName })),
        });
        await updateTags((await getUser(client, id))?.Tags, identityOf(inputs, client), {
            tag: (Tags) => client.iam.send(new iam.TagUserCommand({ UserName, Tags })),
            untag: (TagKeys) => client.iam.send(new iam.UntagUserCommand({ UserName, TagKeys })),
            isKept: (key) => key.startsWith(accessKeyMark),
        });
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

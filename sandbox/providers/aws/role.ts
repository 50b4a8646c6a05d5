// aws.iam.Role.
import * as iam from "@aws-sdk/client-iam";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import type { Clients } from "./clients";
import { errorName, unlessGone } from "./errors";
import { bearsTags, ownTags, tagList, tagMap } from "./tags";

async function getRole(client: Clients, RoleName: string): Promise<iam.Role | undefined> {
    return (await unlessGone(client.iam.send(new iam.GetRoleCommand({ RoleName }))))?.Role;
}

async function describe(client: Clients, name: string): Promise<Values | undefined> {
    const live = await getRole(client, name);
    if (!live) return undefined;
    const tags = tagMap(live.Tags);
    return {
        name: live.RoleName,
        path: live.Path,
        arn: live.Arn,
        uniqueId: live.RoleId,
        assumeRolePolicy: decodeURIComponent(live.AssumeRolePolicyDocument ?? ""),
        maxSessionDuration: live.MaxSessionDuration,
        permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: ownTags(tags, client.defaultTags),
        tagsAll: tags,
    };
}

async function createOrAdopt(inputs: Values, client: Clients): Promise<void> {
    const RoleName = String(inputs.name);
    const Tags = tagList(client.defaultTags, inputs.tags);
    const Path = String(inputs.path);
    const boundary = inputs.permissionsBoundary;
    try {
        await client.iam.send(
            new iam.CreateRoleCommand({
                RoleName,
                Path,
                Tags,
                AssumeRolePolicyDocument: String(inputs.assumeRolePolicy),
                ...(typeof boundary === "string" ? { PermissionsBoundary: boundary } : {}),
            }),
        );
    } catch (error) {
        if (!errorName(error).startsWith("EntityAlreadyExists")) throw error;
        const live = await getRole(client, RoleName);
        if (live?.Path !== Path || !bearsTags(tagMap(live.Tags), Tags)) throw error;
    }
}

async function bound(RoleName: string, PermissionsBoundary: unknown, client: Clients): Promise<void> {
    if (typeof PermissionsBoundary === "string") {
        await client.iam.send(new iam.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    } else {
        await unlessGone(client.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName })));
    }
}

async function updateTags(RoleName: string, inputs: Values, client: Clients): Promise<void> {
    const wanted = tagList(client.defaultTags, inputs.tags);
    const keep = new Set(wanted.map(({ Key }) => Key));
    const TagKeys = Object.keys(tagMap((await getRole(client, RoleName))?.Tags)).filter((key) => !keep.has(key));
    if (TagKeys.length) await client.iam.send(new iam.UntagRoleCommand({ RoleName, TagKeys }));
    if (wanted.length) await client.iam.send(new iam.TagRoleCommand({ RoleName, Tags: wanted }));
}

export const role: Definition<Clients> = {
    computed: ["arn", "uniqueId", "tagsAll"],
    replaceOn: ["name", "path"],
    defaults: { path: "/", forceDetachPolicies: false, maxSessionDuration: 3600 },
    json: ["assumeRolePolicy"],
    named: { property: "name", digits: 7, prefix: "namePrefix" },
    async create(inputs, { client }) {
        const id = String(inputs.name);
        await createOrAdopt(inputs, client);
        return { id, outputs: (await describe(client, id))! };
    },
    async update(id, inputs, _, { client }) {
        const PolicyDocument = String(inputs.assumeRolePolicy);
        await client.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument }));
        await bound(id, inputs.permissionsBoundary, client);
        await updateTags(id, inputs, client);
        return (await describe(client, id))!;
    },
    async read(id, _, { client }) {
        const outputs = await describe(client, id);
        return outputs && { id, outputs };
    },
    async delete(id, _, { client }) {
        await unlessGone(client.iam.send(new iam.DeleteRoleCommand({ RoleName: id })));
    },
};

// aws.iam.Role.
import * as iam from "@aws-sdk/client-iam";
import type { Definition } from "../lib/typed";
import type { Values } from "../lib/values";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";
import { createOrAdopt, identityOf, updateBoundary, updateTags } from "./iam-identity";
import { ownTags, tagMap } from "./tags";

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

export const role: Definition<Clients> = {
    computed: ["arn", "uniqueId", "tagsAll"],
    replaceOn: ["name", "path"],
    defaults: { path: "/", forceDetachPolicies: false, maxSessionDuration: 3600 },
    json: ["assumeRolePolicy"],
    named: { property: "name", digits: 7, prefix: "namePrefix" },
    async create(inputs, { client }) {
        const id = String(inputs.name);
        const identity = identityOf(inputs, client);
        const AssumeRolePolicyDocument = String(inputs.assumeRolePolicy);
        const create = new iam.CreateRoleCommand({ RoleName: id, AssumeRolePolicyDocument, ...identity });
        await createOrAdopt(
            identity,
            () => client.iam.send(create),
            () => getRole(client, id),
        );
        return { id, outputs: (await describe(client, id))! };
    },
    async update(id, inputs, state, { client }) {
        const RoleName = id;
        const PolicyDocument = String(inputs.assumeRolePolicy);
        await client.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
        await updateBoundary(inputs, state, {
            put: (PermissionsBoundary) =>
                client.iam.send(new iam.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
            remove: () => client.iam.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName })),
        });
        await updateTags((await getRole(client, id))?.Tags, identityOf(inputs, client), {
            tag: (Tags) => client.iam.send(new iam.TagRoleCommand({ RoleName, Tags })),
            untag: (TagKeys) => client.iam.send(new iam.UntagRoleCommand({ RoleName, TagKeys })),
        });
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

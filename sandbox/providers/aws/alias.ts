// aws.kms.Alias.
import * as kms from "@aws-sdk/client-kms";
import type { Definition } from "../lib/typed";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";

async function find(name: string, { kms: client }: Clients): Promise<kms.AliasListEntry | undefined> {
    for await (const page of kms.paginateListAliases({ client }, {})) {
        const found = page.Aliases?.find(({ AliasName }) => AliasName === name);
        if (found) return found;
    }
    return undefined;
}

async function describe(name: string, client: Clients) {
    const live = await find(name, client);
    if (!live) return undefined;
    const key = await client.kms.send(new kms.DescribeKeyCommand({ KeyId: live.TargetKeyId }));
    return { name, arn: live.AliasArn, targetKeyId: live.TargetKeyId, targetKeyArn: key.KeyMetadata?.Arn };
}

export const alias: Definition<Clients> = {
    computed: ["arn", "targetKeyArn"],
    replaceOn: ["name"],
    validate: ({ name }) =>
        /^alias\/(?!aws\/)[\w/-]{1,250}$/.test(String(name))
            ? []
            : [
                  {
                      property: "name",
                      reason: `"${String(name)}": alias/ and a name of letters, digits, /, _ and - is allowed`,
                  },
              ],
    async create(inputs, { client }) {
        const id = String(inputs.name);
        const TargetKeyId = String(inputs.targetKeyId);
        const live = await find(id, client);
        // An update that was cut short may have left it without telling the state.
        if (live?.TargetKeyId !== TargetKeyId) {
            await client.kms.send(new kms.CreateAliasCommand({ AliasName: id, TargetKeyId }));
        }
        return { id, outputs: (await describe(id, client))! };
    },
    async update(id, inputs, _, { client }) {
        const TargetKeyId = String(inputs.targetKeyId);
        await client.kms.send(new kms.UpdateAliasCommand({ AliasName: id, TargetKeyId }));
        return (await describe(id, client))!;
    },
    async read(id, _, { client }) {
        const outputs = await describe(id, client);
        return outputs && { id, outputs };
    },
    async delete(id, _, { client }) {
        await unlessGone(client.kms.send(new kms.DeleteAliasCommand({ AliasName: id })));
    },
};

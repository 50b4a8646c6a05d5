// Policies that stand in who they are for: aws.iam.UserPolicy and aws.iam.RolePolicy.
import * as iam from "@aws-sdk/client-iam";
import type { Definition } from "../lib/typed";
import type { Clients } from "./clients";
import { unlessGone } from "./errors";

/** How IAM is asked about one of them: `owner` is the name of who has it. */
interface Calls {
    put: (owner: string, PolicyName: string, PolicyDocument: string) => Promise<unknown>;
    get: (owner: string, PolicyName: string) => Promise<{ PolicyName?: string; PolicyDocument?: string }>;
    remove: (owner: string, PolicyName: string) => Promise<unknown>;
}

function inlinePolicy(owner: "user" | "role", callsOf: (client: Clients) => Calls): Definition<Clients> {
    const parts = (id: string) => {
        const [of = "", name = ""] = id.split(":");
        return [of, name] as const;
    };
    return {
        computed: [],
        replaceOn: [owner, "name", "namePrefix"],
        json: ["policy"],
        named: { property: "name", digits: 7, prefix: "namePrefix" },
        async create(inputs, { client }) {
            const id = `${String(inputs[owner])}:${String(inputs.name)}`;
            await callsOf(client).put(...parts(id), String(inputs.policy));
            return { id, outputs: {} };
        },
        async update(id, inputs, _, { client }) {
            await callsOf(client).put(...parts(id), String(inputs.policy));
            return {};
        },
        async read(id, _, { client }) {
            const [of, name] = parts(id);
            const live = await unlessGone(callsOf(client).get(of, name));
            if (!live) return undefined;
            const policy = decodeURIComponent(live.PolicyDocument ?? "");
            return { id, outputs: { [owner]: of, name: live.PolicyName, policy } };
        },
        async delete(id, _, { client }) {
            await unlessGone(callsOf(client).remove(...parts(id)));
        },
    };
}

export const userPolicy = inlinePolicy("user", ({ iam: client }) => ({
    put: (UserName, PolicyName, PolicyDocument) =>
        client.send(new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    get: (UserName, PolicyName) => client.send(new iam.GetUserPolicyCommand({ UserName, PolicyName })),
    remove: (UserName, PolicyName) => client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName })),
}));

export const rolePolicy = inlinePolicy("role", ({ iam: client }) => ({
    put: (RoleName, PolicyName, PolicyDocument) =>
        client.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    get: (RoleName, PolicyName) => client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName })),
    remove: (RoleName, PolicyName) => client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName })),
}));

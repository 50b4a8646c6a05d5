import assert from "node:assert/strict";
import {
    CreateOpenIDConnectProviderCommand,
    DeleteOpenIDConnectProviderCommand,
    IAMClient,
    ListRolesCommand,
    ListUsersCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { awsEndpoint, kubectl, waitFor } from "../../../sandbox";
import { apply } from "../../support/app";
import { archived } from "../../support/archive";
import { clientSettings } from "../../support/aws";
import * as b from "../../support/backups";
import { get, list } from "../../support/cluster";
import { servesWhile } from "../../support/rotation";
import { forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const stack = new TestStack("with-roles", "justdb-with-roles", {
    ...smallest,
    ...unarchived,
    appMaxReplicas: "2",
});
const { namespace } = stack;
const iam = new IAMClient(clientSettings());

const audience = "sts.amazonaws.com";

/** The IAM users of this stack. */
async function users(): Promise<string[]> {
    const { resources } = (await stack.open((opened) => opened.exportStack())).deployment as {
        resources: { type: string; id: string }[];
    };
    const own = resources.filter(({ type }) => type === "aws:iam/user:User").map(({ id }) => id);
    const { Users } = await iam.send(new ListUsersCommand({}));
    return Users!.map(({ UserName }) => UserName!).filter((name) => own.includes(name));
}

/** A token of a ServiceAccount. */
const token = (account: string, of = audience, from = namespace) =>
    kubectl(["-n", from, "create", "token", account, `--audience=${of}`]);

/** What STS says to a token that asks for a role: nothing, if it gives it. */
async function refusal(RoleArn: string, WebIdentityToken: string): Promise<string> {
    const ask = { RoleArn, RoleSessionName: "test", WebIdentityToken: WebIdentityToken.trim() };
    try {
        await new STSClient(clientSettings()).send(new AssumeRoleWithWebIdentityCommand(ask));
        return "";
    } catch (error) {
        return (error as Error).name;
    }
}

describe("a stack whose pods take roles by web identity", () => {
    let oidcProviderArn: string;
    const roles = () => ({ awsCredentials: "irsa", oidcProviderArn, stsEndpoint: awsEndpoint });

    before(async () => {
        const issuer = { Url: "https://kubernetes.default.svc", ThumbprintList: ["0".repeat(40)] };
        const made = await iam.send(new CreateOpenIDConnectProviderCommand({ ...issuer, ClientIDList: [audience] }));
        oidcProviderArn = made.OpenIDConnectProviderArn!;
        await stack.up(roles());
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: oidcProviderArn }));
    });

    const everythingWorks = async () => {
        assert.equal((await apply("roles", "1.0.0", namespace)).status, 200);
        const backup = await b.ended("justdb-backup", {}, namespace);
        assert.ok(backup.complete, backup.log);
    };

    it("writes schemas and backups without any user or key of its own", async () => {
        assert.deepEqual(await users(), []);
        const deployment = await get("deployment", "justdb-cloud", namespace);
        const { env } = deployment.spec.template.spec.containers[0] as { env: { name: string }[] };
        assert.ok(!env.some(({ name }) => name === "AWS_ACCESS_KEY_ID"));
        await everythingWorks();
    });

    it("has roles that no other token is given", async () => {
        const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: "/justdb/" }));
        const role = Roles!.find(({ RoleName }) => /^justdb-role-/.test(RoleName!))!.Arn!;
        assert.equal(await refusal(role, await token("justdb-cloud")), "");
        assert.equal(await refusal(role, await token("justdb-backup")), "AccessDenied");
        assert.equal(await refusal(role, await token("default", audience, "default")), "AccessDenied");
        assert.equal(await refusal(role, await token("justdb-cloud", "another")), "InvalidIdentityTokenException");
    });

    it("goes to keys and back by one setting, without a request that fails", async () => {
        await servesWhile(namespace, () => stack.up());
        await everythingWorks();
        assert.ok((await users()).length > 0);
        await servesWhile(namespace, () => stack.up(roles()));
        await everythingWorks();
        assert.deepEqual(await users(), []);
        assert.deepEqual((await stack.up(roles())).changes, []);
    });

    // Apart from the app's: PostgreSQL restarts when its archive's way in changes, and here it is one instance.
    it("archives PostgreSQL by a role, then by a key, and by a role again", async () => {
        const archive = { postgresArchive: "true", archiveTimeoutSeconds: "30" };
        for (const way of [roles(), {}, roles()]) {
            await stack.up({ ...archive, ...way });
            await archived(namespace);
            await waitFor("the base backups to end", 180_000, async () => {
                const all = await list("backups.postgresql.cnpg.io", namespace);
                const phases = all.map(({ status }) => status?.phase as string | undefined);
                return (phases.length > 0 && phases.every((phase) => phase === "completed")) || phases.join();
            });
        }
        assert.deepEqual(await users(), []);
    }).timeout(1_200_000);
});

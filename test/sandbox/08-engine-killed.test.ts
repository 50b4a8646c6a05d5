import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { IAMClient, ListAccessKeysCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { administrator, awsEndpoint, awsRegion } from "../../sandbox/aws/moto";
import { withStack } from "../../sandbox/engine";
import { repoDir } from "../../sandbox/lib/paths";
import { secretValue } from "../../sandbox/token";
import { sandboxStack } from "../../sandbox/up";
import { list } from "../support/cluster";

const stackName = "killed";
const namespace = "justdb-killed";
const config = { "justdb-cloud:namespace": namespace, "justdb-cloud:appReplicas": "1" };

/** The engine's process below `parent`. */
function engineOf(parent: number): number | undefined {
    const children = fs.readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    return children.find((pid) => fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "pulumi");
}

/** Starts an update and kills the engine (SIGKILL) once `count` resources were created. */
async function killAfter(count: number): Promise<void> {
    const child = spawn("node_modules/.bin/tsx", ["test/support/stack-up.ts", stackName, JSON.stringify(config)], { cwd: repoDir });
    let created = 0;
    let killed = false;
    child.stdout.on("data", (chunk: Buffer) => {
        created += (chunk.toString().match(/ created /g) ?? []).length;
        // tsx runs the program in a child of its own.
        const program = Number(fs.readFileSync(`/proc/${child.pid!}/task/${child.pid!}/children`, "utf8").trim().split(" ")[0]);
        const engine = engineOf(program);
        if (created >= count && engine && !killed) {
            killed = true;
            process.kill(engine, "SIGKILL");
        }
    });
    await new Promise((resolve) => child.on("close", resolve));
    assert.ok(killed, `the update ended before ${count} resources were created`);
}

const settings = () => ({ endpoint: awsEndpoint, region: awsRegion, forcePathStyle: true, credentials: administrator() });

async function awsResources(): Promise<{ buckets: string[]; users: string[] }> {
    const { Buckets } = await new S3Client(settings()).send(new ListBucketsCommand({}));
    const { Users } = await new IAMClient(settings()).send(new ListUsersCommand({}));
    return { buckets: Buckets!.map((bucket) => bucket.Name!), users: Users!.map((user) => user.UserName!) };
}

describe("the engine killed halfway through an update", () => {
    let earlier: Awaited<ReturnType<typeof awsResources>>;
    const passwords = ["db-password", "jwt-secret", "redis-password"];
    const read = () => Promise.all(passwords.map((key) => secretValue(namespace, "justdb-secrets", key)));

    before(async () => {
        earlier = await awsResources();
    });

    after(async () => {
        const options = { settingsOf: sandboxStack, config };
        await withStack(stackName, async (stack) => void (await stack.destroy({ remove: true })), options);
    });

    it("is completed by the next one: nothing is duplicated, no secret is generated anew", async () => {
        for (const count of [3, 10, 22]) await killAfter(count);
        const generated = await read();

        const options = { settingsOf: sandboxStack, config };
        const changes = await withStack(
            stackName,
            async (stack) => {
                await stack.up();
                return (await stack.up()).summary.resourceChanges ?? {};
            },
            options,
        );
        assert.deepEqual(Object.keys(changes), ["same"]);
        assert.deepEqual(await read(), generated);

        const now = await awsResources();
        assert.equal(now.buckets.length - earlier.buckets.length, 2, "two buckets more");
        const users = now.users.filter((user) => !earlier.users.includes(user));
        assert.equal(users.length, 1, "one user more");
        const keys = await new IAMClient(settings()).send(new ListAccessKeysCommand({ UserName: users[0] }));
        assert.equal(keys.AccessKeyMetadata!.length, 1, "one access key");
        assert.equal((await list("deployments", namespace)).length, 1);
    });
});

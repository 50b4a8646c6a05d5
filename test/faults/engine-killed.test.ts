import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { IAMClient, ListAccessKeysCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import type { Stack } from "@pulumi/pulumi/automation";
import { ensureVolumes, repoDir, sandboxStack, secretValue, withStack } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { get, list } from "../support/cluster";

const stackName = "killed";
const namespace = "justdb-killed";
const config = { "justdb-cloud:namespace": namespace, "justdb-cloud:appReplicas": "1" };

/** The engine's process below the program that tsx runs in a child of its own; undefined when there is none, or no longer. */
function engineBelow(tsx: number): number | undefined {
    const childrenOf = (pid: number) =>
        fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    try {
        return childrenOf(tsx)
            .flatMap(childrenOf)
            .find((pid) => fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "pulumi");
    } catch {
        return undefined;
    }
}

/** Starts an update and kills the engine (SIGKILL) once `count` resources were created. */
async function killAfter(count: number): Promise<void> {
    const child = spawn("node_modules/.bin/tsx", ["test/support/stack-up.ts", stackName, JSON.stringify(config)], {
        cwd: repoDir,
    });
    let output = "";
    let killed = false;
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (killed || (output.match(/ created /g) ?? []).length < count) return;
        const engine = engineBelow(child.pid!);
        if (!engine) return;
        killed = true;
        process.kill(engine, "SIGKILL");
    });
    await new Promise((resolve) => child.on("close", resolve));
    assert.ok(killed, `the update ended before ${count} resources were created:\n${output}`);
}

/** The generated passwords in the stack's state, by URN. An export is decrypted, and a secret is a text of JSON in it. */
async function passwords(stack: Stack): Promise<Record<string, string>> {
    const { resources } = (await stack.exportStack()).deployment as {
        resources?: { urn: string; type: string; outputs?: { result?: { plaintext: string } } }[];
    };
    const random = (resources ?? []).filter(
        (resource) => resource.type === "random:index/randomPassword:RandomPassword",
    );
    return Object.fromEntries(
        random.map((resource) => [resource.urn, JSON.parse(resource.outputs!.result!.plaintext) as string]),
    );
}

async function awsResources(): Promise<{ buckets: string[]; users: string[] }> {
    const { Buckets } = await new S3Client(clientSettings()).send(new ListBucketsCommand({}));
    const { Users } = await new IAMClient(clientSettings()).send(new ListUsersCommand({}));
    return { buckets: Buckets!.map((bucket) => bucket.Name!), users: Users!.map((user) => user.UserName!) };
}

describe("the engine killed halfway through an update", () => {
    let earlier: Awaited<ReturnType<typeof awsResources>>;
    before(async () => {
        await ensureVolumes();
        earlier = await awsResources();
    });

    after(async () => {
        const options = { settingsOf: sandboxStack, config };
        await withStack(stackName, async (stack) => void (await stack.destroy({ remove: true })), options);
    });

    it("is completed by the next one: nothing is duplicated, no secret is generated anew", async () => {
        const options = { settingsOf: sandboxStack, config };
        const generated: Record<string, string> = {};
        for (const count of [3, 20, 60]) {
            await killAfter(count);
            Object.assign(generated, await withStack(stackName, passwords, options));
        }
        assert.ok(Object.keys(generated).length >= 3, "passwords were generated before the last kill");

        const changes = await withStack(
            stackName,
            async (stack) => {
                await stack.up();
                return (await stack.up()).summary.resourceChanges ?? {};
            },
            options,
        );
        assert.deepEqual(Object.keys(changes), ["same"]);
        const kept = await withStack(stackName, passwords, options);
        for (const [urn, value] of Object.entries(generated)) assert.equal(kept[urn], value, urn);
        assert.ok(Object.values(generated).includes(await secretValue(namespace, "justdb-secrets", "jwt-secret")));

        const now = await awsResources();
        assert.equal(now.buckets.length - earlier.buckets.length, 2, "two buckets more");
        const users = now.users.filter((user) => !earlier.users.includes(user));
        // Each part has a user of its own, named after it with a random end.
        const parts = users.map((user) => user.replace(/-[0-9a-f]+$/, ""));
        assert.ok(parts.length > 0);
        assert.deepEqual(parts, [...new Set(parts)], "no part has two users");
        for (const UserName of users) {
            const keys = await new IAMClient(clientSettings()).send(new ListAccessKeysCommand({ UserName }));
            assert.equal(keys.AccessKeyMetadata!.length, 1, `one access key of ${UserName}`);
        }
        const deployments = (await list("deployments", namespace)).map(({ metadata }) => metadata.name);
        assert.deepEqual(deployments.sort(), ["justdb-backup-metrics", "justdb-cloud"]);
    });

    it("can be changed afterwards, what was taken over too", async () => {
        const memory = { redis: "192Mi", postgres: "640Mi" };
        const more = { "justdb-cloud:redisMemory": memory.redis, "justdb-cloud:postgresMemory": memory.postgres };
        let output = "";
        const onOutput = (text: string) => (output += text);
        const options = { settingsOf: sandboxStack, config: { ...config, ...more } };
        await withStack(stackName, (stack) => stack.up({ onOutput }), options).catch((error: Error) =>
            assert.fail(`${output}\n${error.message}`),
        );
        const redis = await get("statefulset", "justdb-redis", namespace);
        assert.equal(redis.spec.template.spec.containers[0].resources.limits.memory, memory.redis);
        const cluster = await get("clusters.postgresql.cnpg.io", "justdb-db", namespace);
        assert.equal(cluster.spec.resources.limits.memory, memory.postgres);
    });
});

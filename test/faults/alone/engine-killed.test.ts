import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { IAMClient, ListAccessKeysCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { DeleteBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ensureVolumes, repoDir, secretValue } from "../../../sandbox";
import { clientSettings } from "../../support/aws";
import { get, list } from "../../support/cluster";
import { removeUser } from "../../support/iam";
import { forget, smallest, TestStack } from "../../support/test-stack";

const stack = new TestStack("killed", "justdb-killed", { ...smallest, appMaxReplicas: "2" });
const { namespace } = stack;
const clusters = "clusters.postgresql.cnpg.io";

/** A moment of an update. */
interface Moment {
    title: string;
    /** By what the engine has said. */
    reached: (output: string) => boolean | Promise<boolean>;
    /** End of the URN of what is there by then, without the state knowing of it. */
    unknown?: string;
}

const afterCreations = (count: number): Moment => ({
    title: `after ${count} creations`,
    reached: (output) => (output.match(/ created /g) ?? []).length >= count,
});

/** While the engine waits until an object is ready. */
const whileMaking = (type: string, name: string, kind: string, object: string): Moment => ({
    title: `while ${kind} ${object} was being made`,
    reached: async (output) => {
        if (!output.includes(`:${type} ${name} creating `)) return false;
        const objects = await list(kind, namespace);
        return objects.some(({ metadata }) => metadata.name.startsWith(object));
    },
    unknown: `:${type}::${name}`,
});

/** Over all of the first update, in the order in which they come. */
const moments = [
    ...[3, 20, 40, 60, 80].map(afterCreations),
    whileMaking("StatefulSet", "justdb-redis", "statefulset", "justdb-redis"),
    afterCreations(100),
    whileMaking("Cluster", `justdb-postgres:${namespace}/justdb-db`, clusters, "justdb-db"),
    whileMaking("Job", "justdb-migrations", "job", "justdb-migrations"),
    whileMaking("Deployment", "justdb-deployment", "deployment", "justdb-cloud"),
];

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

/** Starts an update and kills the engine (SIGKILL) at a moment of it. */
async function killAt({ title, reached }: Moment): Promise<void> {
    const args = ["test/support/stack-up.ts", stack.name, JSON.stringify(stack.configWith())];
    const child = spawn("node_modules/.bin/tsx", args, { cwd: repoDir });
    const closed = new Promise((resolve) => child.on("close", resolve));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    let killed = false;
    while (!killed && child.exitCode === null) {
        await sleep(100);
        const engine = (await reached(output)) ? engineBelow(child.pid!) : undefined;
        if (engine) killed = process.kill(engine, "SIGKILL");
    }
    await closed;
    assert.ok(killed, `the update ended before this: ${title}\n${output}`);
}

interface Resource {
    urn: string;
    type: string;
    outputs?: { result?: { plaintext: string } };
}

interface State {
    resources?: Resource[];
    pending_operations?: { resource: Resource }[];
}

const state = async () => (await stack.open((opened) => opened.exportStack())).deployment as State;
const resources = async () => (await state()).resources ?? [];

/** The generated passwords among resources, by URN. An export is decrypted, and a secret is a text of JSON in it. */
const passwordsIn = (found: Resource[]): Record<string, string> =>
    Object.fromEntries(
        found
            .filter(({ type }) => type === "random:index/randomPassword:RandomPassword")
            .map(({ urn, outputs }) => [urn, JSON.parse(outputs!.result!.plaintext) as string]),
    );

/** Of the whole account: nothing of AWS says of which stack it is. */
async function awsResources(): Promise<{ buckets: string[]; users: string[] }> {
    const { Buckets } = await new S3Client(clientSettings()).send(new ListBucketsCommand({}));
    const { Users } = await new IAMClient(clientSettings()).send(new ListUsersCommand({}));
    return { buckets: Buckets!.map((bucket) => bucket.Name!), users: Users!.map((user) => user.UserName!) };
}

/** Each time the stack is made from nothing, so that every moment is one of its first update. */
describe("the engine killed in a stack's first update", () => {
    const memory = { redis: "192Mi", postgres: "640Mi" };
    let earlier: Awaited<ReturnType<typeof awsResources>>;

    beforeEach(async () => {
        await ensureVolumes();
        earlier = await awsResources();
    });
    afterEach(async () => {
        await stack.destroy();
        const { buckets, users } = await awsResources();
        for (const Bucket of buckets.filter((name) => !earlier.buckets.includes(name)))
            await new S3Client(clientSettings()).send(new DeleteBucketCommand({ Bucket }));
        for (const user of users.filter((name) => !earlier.users.includes(name))) await removeUser(user);
    });
    after(() => forget(stack.name));

    /** But for what AWS was asked for when the engine was killed, as docs/operations.md says: by the types of these. */
    async function assertNothingTwice(interrupted: string[]): Promise<void> {
        const most = (expected: number, type: string) => expected + interrupted.filter((one) => one === type).length;
        const now = await awsResources();
        const buckets = now.buckets.length - earlier.buckets.length;
        assert.ok(buckets >= 2 && buckets <= most(2, "aws:s3/bucket:Bucket"), `${buckets} buckets more`);
        const users = now.users.filter((user) => !earlier.users.includes(user));
        // Each part has a user of its own, named after it with a random end.
        const parts = users.map((user) => user.replace(/-[0-9a-f]+$/, ""));
        assert.ok(parts.length > 0);
        assert.ok(parts.length <= most(new Set(parts).size, "aws:iam/user:User"), `users: ${users.join()}`);
        let keys = 0;
        for (const UserName of users) {
            const found = await new IAMClient(clientSettings()).send(new ListAccessKeysCommand({ UserName }));
            keys += found.AccessKeyMetadata!.length;
        }
        assert.ok(keys <= most(users.length, "aws:iam/accessKey:AccessKey"), `${keys} keys of ${users.join()}`);
        const jobs = (await list("jobs", namespace)).map(({ metadata }) => metadata.name);
        assert.equal(jobs.filter((name) => name.startsWith("justdb-migrations-")).length, 1, jobs.join());
    }

    for (const moment of moments) {
        it(`${moment.title}: the next one completes it, and a later one can change what it took over`, async () => {
            await killAt(moment);
            const { resources: left = [], pending_operations: pending = [] } = await state();
            const generated = passwordsIn(left);
            if (moment.unknown) {
                assert.ok(!left.some(({ urn }) => urn.endsWith(moment.unknown!)), "the state knows it");
                assert.ok(Object.keys(generated).length >= 3, "passwords were generated before");
            }

            await stack.up();
            const kept = passwordsIn(await resources());
            for (const [urn, value] of Object.entries(generated)) assert.equal(kept[urn], value, urn);
            assert.ok(Object.values(kept).includes(await secretValue(namespace, "justdb-secrets", "jwt-secret")));
            await assertNothingTwice(pending.map(({ resource }) => resource.type));
            if (moment.unknown) assert.deepEqual((await stack.up()).changes, []);

            const more = { redisMemory: memory.redis, postgresMemory: memory.postgres };
            const { changes } = await stack.up(more);
            assert.deepEqual(
                changes.filter((change) => /^(create|delete) /.test(change)),
                [],
            );
            const redis = await get("statefulset", "justdb-redis", namespace);
            assert.equal(redis.spec.template.spec.containers[0].resources.limits.memory, memory.redis);
            const cluster = await get(clusters, "justdb-db", namespace);
            assert.equal(cluster.spec.resources.limits.memory, memory.postgres);
        });
    }
});

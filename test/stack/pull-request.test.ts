import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { main as comment } from "../../ci/comment";
import { main as preview } from "../../ci/preview";
import type { Report } from "../../ci/report";
import type { OpenStack } from "../../ci/stack";
import { repoDir, run as exec, sandboxStack, withStack } from "../../sandbox";
import { list } from "../support/cluster";

type Program = () => Promise<Record<string, unknown>>;

interface Change {
    /** Configuration over that of the stack, by key. */
    config?: Record<string, string>;
    /** What the pull request puts before the program, and after it. */
    before?: () => void;
    added?: () => void;
    args?: string[];
}

interface Outcome {
    code: number;
    comment: string;
    /** All that the two programs and the engine wrote. */
    everything: string;
    /** What the engine sent, which nobody must see. */
    events: string;
}

let dir: string;

/** What the workflow runs in a pull request, on the engine and the cluster of the sandbox. */
async function pullRequest({ config = {}, before, added, args = [] }: Change, ...stacks: string[]): Promise<Outcome> {
    const settings = Object.entries(config).map(([key, value]) => [`justdb-cloud:${key}`, value]);
    const open: OpenStack = (name, use) =>
        withStack(
            name,
            (stack) => {
                const program = stack.workspace.program as Program;
                stack.workspace.program = async () => {
                    before?.();
                    const outputs = await program();
                    added?.();
                    return outputs;
                };
                const preview = stack.preview.bind(stack);
                stack.preview = (options) => {
                    const onEvent = (event: EngineEvent) => {
                        events += JSON.stringify(event);
                        options?.onEvent?.(event);
                    };
                    return preview({ ...options, onEvent });
                };
                return use(stack);
            },
            { config: Object.fromEntries(settings) as Record<string, string> },
        );
    let events = "";
    let log = "";
    const summary = path.join(dir, "summary.md");
    const names = stacks.flatMap((name) => ["--stack", name]);
    const say = (text: string) => void (log += text);
    const code = await preview([...names, "--reports", dir, "--summary", summary, ...args], {}, { open, say });
    let text = "";
    await comment([...names, "--reports", dir, "--print"], {}, (part) => void (text += part));
    const files = fs.readdirSync(dir).map((file) => fs.readFileSync(path.join(dir, file), "utf8"));
    return { code, comment: text, everything: [log, text, ...files].join("\n"), events };
}

/** The ways in which a value could stand somewhere. */
const spellings = (value: string) => [value, Buffer.from(value).toString("base64"), encodeURIComponent(value)];

describe("a pull request", () => {
    const secrets = new Map<string, string>();

    before(async () => {
        for (const { metadata, data } of await list("secrets")) {
            for (const [key, value] of Object.entries(data ?? {})) {
                if (!/password|secret|pgpass|uri|redis.conf/i.test(key)) continue;
                secrets.set(`${metadata.name}/${key}`, Buffer.from(value, "base64").toString());
            }
        }
        assert.ok(secrets.size >= 5, `only ${[...secrets.keys()].join(", ")}`);
    });

    beforeEach(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), "pull-request-"))));
    afterEach(() => fs.rmSync(dir, { recursive: true }));

    const outcome = async (change: Change, ...stacks: string[]) => {
        const found = await pullRequest(change, ...(stacks.length > 0 ? stacks : [sandboxStack]));
        for (const [name, value] of secrets) {
            for (const spelling of spellings(value))
                assert.ok(!found.everything.includes(spelling), `${name} stands in what was written`);
        }
        return found;
    };

    it("with a harmless change passes, and its comment lists the updates", async () => {
        const { code, comment, events } = await outcome({ config: { appMaxReplicas: "4" } });
        assert.equal(code, 0, comment);
        assert.match(comment, /## ✓ The plan is in order/);
        assert.match(comment, /- update `HorizontalPodAutoscaler` `justdb-autoscaler`: `spec.maxReplicas: 3 → 4`/);
        assert.doesNotMatch(comment, /- (create|replace|delete) /);
        // They were there to be leaked, so the search could have found them.
        assert.ok([...secrets.values()].some((value) => events.includes(value)));
    });

    it("that changes a secret passes, and its comment shows that, and no value", async () => {
        const { code, comment, everything } = await outcome({
            added: () => {
                const data = { password: "a-new-and-secret-value" };
                new k8s.core.v1.Secret("added", { metadata: { namespace: "justdb-cloud" }, stringData: data });
            },
        });
        assert.equal(code, 0, comment);
        assert.match(comment, /- create `Secret` `added`/);
        assert.ok(!everything.includes("a-new-and-secret-value"));
    });

    const privileged = () =>
        new k8s.core.v1.Pod("added", {
            metadata: { namespace: "justdb-cloud" },
            spec: {
                containers: [{ name: "main", image: "justdb/cloud:1.0.0", securityContext: { privileged: true } }],
            },
        });

    it("that breaks a rule fails, and its comment names the rule and the resource", async () => {
        const { code, comment } = await outcome({ added: privileged });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: \d+ mandatory violations?\n/);
        assert.match(comment, /\*\*Policy: \d+ advisory\*\*\n\n- `workload-/);
        assert.match(
            comment,
            /\n- `pod-security-privileged` \(critical\): `.+`\n {2}- `Pod` `added`: `.*\.privileged: /,
        );
    });

    it("that exempts a resource says so in its comment", async () => {
        const file = path.join(dir, "policy-config.json");
        const exemption = { resource: "kubernetes:core/v1:Pod::added", reason: "only for this test", owner: "tests" };
        const config = { "pod-security-privileged": { exemptions: [{ ...exemption, expires: "2999-12-31" }] } };
        fs.writeFileSync(file, JSON.stringify(config));
        const { comment } = await outcome({ added: privileged, args: ["--policy-config", file] });
        assert.doesNotMatch(comment, /- `pod-security-privileged`/);
        assert.match(comment, /exemption used[^]*pod-security-privileged: .*Pod::added.*only for this test/);
    });

    it("that replaces a volume is blocked, and its comment says which and why", async () => {
        const { code, comment } = await outcome({ config: { redisStorageClass: "other" } });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: blocked: would replace or delete 1 with data\n/);
        assert.match(
            comment,
            /> - replace `StatefulSet` `justdb-redis`, which holds volumes, since `spec.volumeClaimTemplates/,
        );
    });

    it("that replaces the database is blocked, and its comment says which and why", async () => {
        const renamed = () =>
            pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
                if (!type.endsWith(":Cluster")) return undefined;
                const metadata = props.metadata as object;
                return { props: { ...props, metadata: { ...metadata, name: "other" } }, opts };
            });
        const { code, comment } = await outcome({ before: renamed });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: blocked: would replace or delete 1 with data\n/);
        assert.match(
            comment,
            /> - replace `Cluster` `justdb-postgres:.*`, which holds a database.*since `metadata.name` cannot/,
        );
    });

    it("that moves to another namespace is blocked for all that it would lose, until all of it is allowed", async () => {
        const config = { namespace: "other" };
        const blocked = await outcome({ config });
        assert.equal(blocked.code, 1);
        for (const kind of ["Namespace", "StatefulSet", "Cluster"]) {
            assert.match(blocked.comment, new RegExp(`> - (replace|delete) \`${kind}\` `));
        }
        const urns = [...blocked.comment.matchAll(/^> - .*<br>`(urn:[^`]+)`$/gm)].map(([, urn]) => urn!);
        assert.equal(urns.length, 3);
        const allowed = await outcome({ config, args: ["--allow-replace", urns.join(" ")] });
        assert.equal(allowed.code, 0, allowed.comment);
        assert.match(allowed.comment, /\*\*Allowed to be replaced or deleted\*\*\n(\n- [^\n]+){3}\n\n/);
        const notAll = await outcome({ config, args: ["--allow-replace", urns[0]!] });
        assert.equal(notAll.code, 1);
    });

    it("with mistakes in its configuration fails, and its comment says what the program says", async () => {
        const { code, comment } = await outcome({ config: { appReplicas: "three" } });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: the preview failed\n/);
        assert.match(comment, /appReplicas/);
    });

    it("to a stack that is not there fails, by the program itself as a workflow runs it", async () => {
        const run = withStack(sandboxStack, ({ workspace: { envVars } }) => {
            const args = [path.join(repoDir, "ci/preview.ts"), "--stack", "nowhere", "--reports", dir];
            return exec(path.join(repoDir, "node_modules/.bin/tsx"), args, { cwd: repoDir, env: envVars });
        });
        await assert.rejects(run, /ended with 1:[^]*Stack nowhere: the preview failed\./);
        const report = JSON.parse(fs.readFileSync(path.join(dir, "nowhere.json"), "utf8")) as Report;
        assert.deepEqual(report.errors, ["there is no such stack"]);
    });

    it("has one comment for the stacks that are deployed, and they keep the policies", async () => {
        const { code, comment } = await outcome({}, "dev", "prod");
        assert.equal(code, 0, comment);
        for (const name of ["dev", "prod"]) assert.match(comment, new RegExp(`### \`${name}\`: in order`));
        assert.equal(comment.match(/<!-- justdb-cloud: preview -->/g)?.length, 1);
    });
});

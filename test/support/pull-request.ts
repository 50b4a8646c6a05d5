// What the workflow does in a pull request, on the engine and the cluster of the sandbox.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { main as comment } from "../../ci/comment";
import { main as preview } from "../../ci/preview";
import type { OpenStack } from "../../ci/stack";
import { sandboxStack, withStack } from "../../sandbox";
import { traces } from "../../tools/lib/spellings";
import { knownSecrets } from "./known-secrets";
import { withDebugMessages } from "./quick-sdk";

type Program = () => Promise<Record<string, unknown>>;

export interface Change {
    /** Configuration over that of the stack, by key. */
    config?: Record<string, string>;
    /** What the pull request puts before the program, and after it. */
    before?: () => void;
    added?: () => void;
    args?: string[];
}

export interface Outcome {
    code: number;
    comment: string;
    /** All that the two programs and the engine wrote. */
    everything: string;
    /** What the engine sent, which nobody must see. */
    events: string;
}

/** Previews, and writes the comment. The reports are left in the folder. */
async function pullRequest(
    dir: string,
    { config = {}, before, added, args = [] }: Change,
    stacks: string[],
): Promise<Outcome> {
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

/** A folder for each test, and pull requests in it, in which no secret of the stack may show. */
export class PullRequests {
    dir = "";
    private secrets = new Map<string, string>();

    constructor() {
        withDebugMessages();
        before(async () => (this.secrets = await knownSecrets()));
        beforeEach(() => (this.dir = fs.mkdtempSync(path.join(os.tmpdir(), "pull-request-"))));
        afterEach(() => fs.rmSync(this.dir, { recursive: true }));
    }

    /** What comes of a pull request with a change, for the sandbox's stack or others. */
    async outcome(change: Change, ...stacks: string[]): Promise<Outcome> {
        const found = await pullRequest(this.dir, change, stacks.length > 0 ? stacks : [sandboxStack]);
        for (const [name, value] of this.secrets) {
            for (const trace of traces(value))
                assert.ok(!found.everything.includes(trace), `${name} stands in what was written`);
        }
        return found;
    }

    /** Whether the engine was told secrets of the stack, so that they were there to be leaked. */
    someIn(events: string): boolean {
        return [...this.secrets.values()].some((value) => events.includes(value));
    }
}

/** What a rule of the pack is against. */
export const privileged = () =>
    new k8s.core.v1.Pod("added", {
        metadata: { namespace: "justdb-cloud" },
        spec: {
            containers: [{ name: "main", image: "justdb/cloud:1.0.0", securityContext: { privileged: true } }],
        },
    });

// A stack of a test's own beside that of the sandbox: in a namespace of its own, with the sandbox's settings and others over them.
import type { EngineEvent, OutputMap } from "@pulumi/pulumi/automation";
import { ensureVolumes, run, sandboxStack, withStack } from "../../sandbox";
import { serves } from "./app";
import { removeArchiveUser } from "./iam";
import { removeNamespaces } from "./cluster";

/** Settings by key. Those of the project have no name of it before them, as those of a provider have. */
export type Config = Record<string, string>;

/** A stack with one pod of each, patient where the machine is busy: Java can take a minute to start. */
export const smallest: Config = { appReplicas: "1", appMaxReplicas: "1", appLivenessDelaySeconds: "120" };

/** Without an archive, and so without the sandbox's own time limit for one. */
export const unarchived: Config = { postgresArchive: "false", archiveTimeoutSeconds: "300" };

interface Updated {
    outputs: OutputMap;
    /** What was done with which resource. */
    changes: string[];
}

export class TestStack {
    constructor(
        readonly name: string,
        readonly namespace: string,
        private readonly config: Config,
        /** The folder of another version of the project, which is its program then. */
        private readonly sources?: string,
    ) {}

    /** Settings that are encrypted. */
    readonly secrets: Config = {};

    /** Ends its last update. A test that ran into its limit has left it running, and it would hold the stack's lock. */
    private endUpdate: () => Promise<unknown> = () => Promise.resolve();

    /** Its settings with these over them, by the whole keys. */
    configWith(more: Config = {}): Config {
        const settings = Object.entries({ namespace: this.namespace, ...this.config, ...more });
        const full = (key: string) => (key.includes(":") ? key : `justdb-cloud:${key}`);
        return Object.fromEntries(settings.map(([key, value]) => [full(key), value]));
    }

    open<T>(use: Parameters<typeof withStack<T>>[1], more: Config = {}): Promise<T> {
        const config = this.configWith(more);
        const withSecrets: typeof use = async (stack) => {
            for (const [key, value] of Object.entries(this.secrets)) {
                await stack.setConfig(`justdb-cloud:${key}`, { value, secret: true });
            }
            return use(stack);
        };
        const { sources } = this;
        return withStack(this.name, withSecrets, { settingsOf: sandboxStack, config, ...(sources ? { sources } : {}) });
    }

    /** Brings it up and waits until the app serves. Fails with all that the engine said. */
    async up(more: Config = {}): Promise<Updated> {
        await ensureVolumes();
        let output = "";
        const changes: string[] = [];
        const onOutput = (text: string) => (output += text);
        const onEvent = ({ resourcePreEvent }: EngineEvent) => {
            const { op, urn } = resourcePreEvent?.metadata ?? { op: "same", urn: "" };
            if (op !== "same") changes.push(`${op} ${urn.split("::").at(-1)}`);
        };
        return this.open(async (stack) => {
            const interrupt = new AbortController();
            const update = stack.up({ onOutput, onEvent, signal: interrupt.signal });
            this.endUpdate = () => {
                interrupt.abort();
                return update.catch(() => undefined);
            };
            const { outputs } = await update.catch((error: Error) => {
                throw new Error(`${output}\n${error.message}`);
            });
            await serves(this.namespace);
            return { outputs, changes: changes.sort() };
        }, more);
    }

    async destroy(): Promise<void> {
        await this.endUpdate();
        await this.open((stack) => stack.destroy());
    }

    /** As a person would: the Automation API leaves out the preview, which is what stops a destroy before its first step. */
    destroyByHand(): Promise<string> {
        return this.open(({ workspace: { workDir, envVars } }) =>
            run("pulumi", ["destroy", "--yes", "--stack", this.name], { cwd: workDir, env: envVars }),
        );
    }

    /** Destroys it as somebody would who has taken its protection off. */
    async destroyUnprotected(): Promise<void> {
        await this.endUpdate();
        await this.open(async (stack) => {
            const exported = await stack.exportStack();
            for (const resource of (exported.deployment as { resources: { protect?: boolean }[] }).resources) {
                delete resource.protect;
            }
            await stack.importStack(exported);
            await stack.destroy();
        });
    }

    /** Takes away what outlives a protected stack, but for its buckets. */
    async removeKept(): Promise<void> {
        await removeArchiveUser(this.namespace);
        await forget(this.name);
        await removeNamespaces(this.namespace);
    }
}

/** Forgets stacks, whatever they still tell of. */
export async function forget(...names: string[]): Promise<void> {
    for (const name of names) {
        await withStack(name, (stack) => stack.workspace.removeStack(name, { force: true }), {
            settingsOf: sandboxStack,
        });
    }
}

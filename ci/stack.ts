// One stack, previewed by the real engine with the policy pack, and what it said as a report.
import * as path from "node:path";
import { CommandError, LocalWorkspace, type Stack, StackNotFoundError } from "@pulumi/pulumi/automation";
import { inTexts, scrubber } from "../tools/lib/scrub";
import { type Deployment, secretsIn } from "../tools/lib/secret-values";
import { type Event, reportOf } from "./events";
import type { Report } from "./report";

export const root = path.join(__dirname, "..");

/** Opens a stack, gives it to `use`, and closes it again. */
export type OpenStack = (name: string, use: (stack: Stack) => Promise<Report>) => Promise<Report>;

export interface Options {
    /** URNs that may be replaced or deleted although they hold data. */
    allowed: string[];
    policyConfigs?: string[];
    open: OpenStack;
    /** Writes to the log of the run. */
    say: (text: string) => void;
}

/** The project's own stack, as the CLI would run it. */
export const openStack: OpenStack = async (name, use) =>
    use(await LocalWorkspace.selectStack({ stackName: name, workDir: root }));

/** What the engine has written on its way out, when it could not send events any more. */
function lastWords({ message }: Error): string {
    const written = /\n stderr: ([^]*)\n err\?: /.exec(message)?.[1] ?? message;
    return written.trim().split("\n").slice(-5).join("\n");
}

/** The stack could not be opened, so its secrets are not known: what the engine said of it goes to the log only. */
function notOpened(stack: string, error: CommandError, say: Options["say"]): Report {
    say(`${error.message}\n`);
    const missing = error instanceof StackNotFoundError;
    const said = missing ? "there is no such stack" : "the stack could not be opened: see the log of the run";
    return { ...reportOf(stack, []), errors: [said] };
}

/** Without its messages and values: a secret in them could not be recognised. */
function withoutTexts(report: Report): Report {
    const changes = report.changes.map((change) => {
        return { ...change, properties: change.properties.map(({ path, replaces }) => ({ path, replaces })) };
    });
    const violations = report.violations.map((violation) => ({ ...violation, message: "see the log of the run" }));
    const why = "The stack's secrets could not be read, so the messages are only in the log of the run.";
    const nothing = { warnings: [], notJudged: [], exemptions: [], remediations: [] };
    return { ...report, changes, violations, ...nothing, errors: [why], failed: true };
}

/** The preview, with its events as they came and the engine's error, if it ended with one. */
async function run(stack: Stack, { policyConfigs, say }: Options): Promise<{ events: Event[]; error?: CommandError }> {
    const events: Event[] = [];
    try {
        await stack.preview({
            policyPacks: [path.join(root, "policy")],
            policyPackConfigs: policyConfigs,
            onEvent: (event) => events.push(event),
            onOutput: say,
        });
        return { events };
    } catch (error) {
        if (error instanceof CommandError) return { events, error };
        throw error;
    }
}

/** The secrets that a stack has now. Fails when they cannot be read. */
async function secretsOf(stack: Stack): Promise<string[]> {
    const exported = (await stack.exportStack()) as { deployment?: Deployment };
    return secretsIn(exported.deployment ?? {}, await stack.getAllConfig());
}

async function previewOpened(name: string, stack: Stack, options: Options): Promise<Report> {
    const { events, error } = await run(stack, options);
    const report = reportOf(name, events, options.allowed);
    report.failed ||= error !== undefined;
    if (error && report.errors.length + report.violations.length === 0) report.errors.push(lastWords(error));
    const secrets = await secretsOf(stack).catch(() => undefined);
    return secrets ? inTexts(report, scrubber(secrets)) : withoutTexts(report);
}

/** Previews a stack. What the engine has against it stands in the report. */
export async function previewStack(name: string, options: Options): Promise<Report> {
    try {
        return await options.open(name, (stack) => previewOpened(name, stack, options));
    } catch (error) {
        if (error instanceof CommandError) return notOpened(name, error, options.say);
        throw error;
    }
}

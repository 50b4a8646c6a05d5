// The commands of a page of docs/runbooks/, run as somebody would who reads it.
import * as fs from "node:fs";
import * as path from "node:path";
import { type ProgramError, projectDir, pythonEnvironment, run, sandboxEnvironment, temporary } from "../../sandbox";
import { RunbookPage } from "./runbook-page";

const awsCli = pythonEnvironment("aws-cli", "AWS CLI", path.join(__dirname, "aws-cli", "requirements.txt"));

/** The namespace and the stack of the pages' examples. */
const example = { namespace: "justdb-cloud", stack: "prod" };

/** What the reader puts in for names in capitals, or for a command that would ask for more. */
type Values = Record<string, string>;

interface Stack {
    name: string;
    namespace: string;
}

interface Given {
    values?: Values;
    /** With the app at localhost:8080, as the page's first commands make it. */
    forwarded?: boolean;
}

export class Runbook {
    private readonly page: RunbookPage;

    constructor(
        page: string,
        private readonly stack: Stack,
    ) {
        this.page = new RunbookPage(page);
    }

    get titles(): string[] {
        return this.page.titles;
    }

    private ofStack(commands: string): string {
        return (
            commands
                .replaceAll(`-n ${example.namespace}`, `-n ${this.stack.namespace}`)
                .replaceAll(`namespace ${example.namespace}`, `namespace ${this.stack.namespace}`)
                .replaceAll(`/namespaces/${example.namespace}/`, `/namespaces/${this.stack.namespace}/`)
                .replaceAll(`STACK=${example.stack}`, `STACK=${this.stack.name}`)
                // Who types is not that fast.
                .replace(/&$/gm, "& sleep 2")
        );
    }

    /** The first commands under a title, with what they take from the beginning of the page. */
    private commands(title: string): string {
        const { page } = this;
        const commands = page.commands(title);
        const isGiven = !commands.includes("$PRIMARY") || commands.includes("PRIMARY=");
        return this.ofStack(isGiven ? commands : `${page.primary}\n${commands}`);
    }

    /** What the commands under a title print, errors among it: that one of them fails may be what it shows. */
    async run(title: string, { values = {}, forwarded = false }: Given = {}): Promise<string> {
        await awsCli.ensure();
        const commands = Object.entries(values).reduce(
            (text, [name, value]) => text.replace(new RegExp(`(?<![\\w$])${name}(?!\\w)`, "g"), () => value),
            this.commands(title),
        );
        const script = [
            "exec 2>&1",
            "trap 'kill $(jobs -p) 2>/dev/null' EXIT",
            ...Object.entries(values).flatMap(([name, value]) => (/^\w+$/.test(name) ? [`${name}='${value}'`] : [])),
            ...(forwarded ? [/^.*port-forward.*$/m.exec(this.commands(""))![0]] : []),
            commands,
        ];
        const file = path.join(temporary, `runbook-${this.stack.name}.sh`);
        fs.writeFileSync(file, script.join("\n"), { mode: 0o600 });
        const env = sandboxEnvironment();
        const PATH = `${path.dirname(awsCli.program("aws"))}:${env.PATH}`;
        // AWS' own command takes an empty profile for one that is not there, and reads the region by this name alone.
        const files = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
        const aws = { ...files, AWS_PROFILE: undefined, AWS_DEFAULT_REGION: env.AWS_REGION };
        const own = { ...env, ...aws, PATH, PULUMI_STACK: this.stack.name };
        const options = { cwd: projectDir(this.stack.name), env: own };
        return run("timeout", ["90", "bash", file], options).catch((error: ProgramError) => error.output);
    }
}

/** What the commands print to which an alert leads. */
export function runbookOf(url: string, stack: Stack, given?: Given): Promise<string> {
    const [page, anchor] = path.basename(url).split("#") as [string, string];
    return new Runbook(page, stack).run(new RunbookPage(page).titleAt(anchor), given);
}

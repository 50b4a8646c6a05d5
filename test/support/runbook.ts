// The commands of a page of docs/runbooks/, run as somebody would who reads it.
import * as fs from "node:fs";
import * as path from "node:path";
import {
    type ProgramError,
    projectDir,
    pythonEnvironment,
    repoDir,
    run,
    sandboxEnvironment,
    temporary,
} from "../../sandbox";

const awsCli = pythonEnvironment("aws-cli", "AWS CLI", path.join(__dirname, "aws-cli", "requirements.txt"));

/** The namespace and the stack of the pages' examples. */
const example = { namespace: "justdb-cloud", stack: "prod" };

/** What the reader puts in for names in capitals, or for a command that would ask for more. */
type Values = Record<string, string>;

interface Given {
    values?: Values;
    /** With the app at localhost:8080, as the page's first commands make it. */
    forwarded?: boolean;
}

export class Runbook {
    private readonly text: string;

    constructor(
        private readonly page: string,
        private readonly stack: { name: string; namespace: string },
    ) {
        this.text = fs.readFileSync(path.join(repoDir, "docs/runbooks", page), "utf8");
    }

    get titles(): string[] {
        return [...this.text.matchAll(/^## (.*)$/gm)].map(([, title]) => title!);
    }

    /** The first commands under a title; those of the page itself when it is "". */
    private commands(title: string): string {
        const under = title === "" ? this.text : this.text.split(`\n## ${title}\n`)[1];
        const [block] = /(?:^ {4}.*\n)+/m.exec(under ?? "") ?? [];
        if (block === undefined) throw new Error(`${this.page} has no commands under "${title}"`);
        return (
            block
                .replace(/^ {4}/gm, "")
                .replaceAll(`-n ${example.namespace}`, `-n ${this.stack.namespace}`)
                .replaceAll(`namespace ${example.namespace}`, `namespace ${this.stack.namespace}`)
                .replaceAll(`STACK=${example.stack}`, `STACK=${this.stack.name}`)
                // Who types is not that fast.
                .replace(/&$/gm, "& sleep 2")
        );
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

// Runs the checks of components/doctor/scripts/ for a stack, from a checkout: with the rights of whoever runs this, in the cluster and in AWS.
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { resolve } from "../../components/config/resolve";
import { type Expectations, expectations } from "../../components/doctor/expectations";
import { ownerOf } from "../../components/namespace/owner";
import { run } from "../lib/exec";
import { withLock } from "../lib/lock";
import { cacheDir, repoDir } from "../lib/paths";
import { sayTo } from "../lib/progress";
import { project } from "../lib/stack-settings";
import { pythonEnvironment } from "../programs/python";
import { type Way, withKubectl } from "./kubectl";
import { type Planned, planned } from "./planned";
import { type OfStack, readStack } from "./stack";

const scripts = ["doctor/scripts", "doctor/scripts/lib", "backup/scripts/lib"].map((folder) =>
    path.join(repoDir, "components", folder),
);
const python = pythonEnvironment("doctor", "boto3, for the doctor", path.join(__dirname, "requirements.txt"));

/** What the checks are told: what the stack expects, and what whoever runs the update must be allowed. */
export type Told = Expectations & Planned & { about: string; deployer: true };

/** What the checks for a stack are told, but for its cluster. */
export async function told(name: string, { args, unread }: OfStack): Promise<Told> {
    const rights = await planned(args, project, name);
    const expected = expectations(resolve(args, "justdb"), ownerOf(project, name, "justdb-namespace"));
    const isRead = (setting: string) => !unread.includes(setting);
    return {
        ...expected,
        images: Object.fromEntries(Object.entries(expected.images).filter(([setting]) => isRead(setting))),
        secrets: expected.secrets.filter(({ setting }) => isRead(setting)),
        ...rights,
        about: `stack ${name}`,
        deployer: true,
    };
}

/** The current context of kubectl, where the stack names none. */
async function contextOf({ context }: OfStack, { command: [program = "", ...options] }: Way): Promise<string> {
    if (context !== "") return context;
    return (await run(program, [...options, "config", "current-context"]).catch(() => "")).trim() || "none";
}

export interface Answer {
    /** 0 for nothing, 1 for warnings, 2 for errors. */
    code: number;
    text: string;
}

/** An empty variable of AWS means "not set" to the engine, and a name to the SDK for Python. */
const withoutEmpty = (env: NodeJS.ProcessEnv) =>
    Object.fromEntries(Object.entries(env).filter(([name, value]) => !name.startsWith("AWS_") || value));

interface Options {
    asJson: boolean;
    /** In which AWS is asked. */
    environment?: NodeJS.ProcessEnv;
}

/** Runs the checks. */
export function examine(
    expected: Told,
    stack: OfStack,
    way: Way,
    { asJson, environment = process.env }: Options,
): Promise<Answer> {
    const { storageEndpoint = "", storagePathStyle, storageCaCertificates } = stack.args;
    const authorities = path.join(path.dirname(way.socket), "storage-ca.pem");
    if (typeof storageCaCertificates === "string") fs.writeFileSync(authorities, storageCaCertificates);
    const env = {
        ...withoutEmpty(environment),
        ...(stack.profile === "" ? {} : { AWS_PROFILE: stack.profile }),
        ...(stack.region === "" ? {} : { AWS_REGION: stack.region, AWS_DEFAULT_REGION: stack.region }),
        ...(storageEndpoint === "" ? {} : { AWS_ENDPOINT_URL_S3: storageEndpoint }),
        ...(storagePathStyle === undefined ? {} : { S3_ADDRESSING_STYLE: storagePathStyle ? "path" : "virtual" }),
        ...(storageCaCertificates ? { S3_CA_BUNDLE: authorities } : {}),
        ...(asJson ? { FORMAT: "json" } : {}),
        PYTHONPATH: scripts.join(":"),
        PYTHONDONTWRITEBYTECODE: "1",
        KUBERNETES_SOCKET: way.socket,
        KUBECTL: JSON.stringify(way.command),
    };
    const program = path.join(repoDir, "components/doctor/scripts/doctor.py");
    const child = spawn(python.program("python"), [program], { env, stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(JSON.stringify(expected));
    let text = "";
    child.stdout.on("data", (data: Buffer) => (text += data.toString()));
    return new Promise((ended, failed) => {
        child.on("error", failed);
        // One that broke has said nothing.
        child.on("close", (code) => ended({ code: text === "" ? failure : (code ?? failure), text }));
    });
}

/** Installs what it runs with, unless it is there. */
export const ensureDoctor = () => withLock(() => python.ensure(), path.join(cacheDir, "doctor.lock"));

/** The exit code where the checks could not be run at all. */
export const failure = 3;

/** What it has to say of a stack. */
export async function answerFor(name: string, asJson: boolean): Promise<Answer> {
    const stack = readStack(name);
    await ensureDoctor();
    const expected = await told(name, stack);
    return withKubectl(stack, async (way) => {
        const about = `${expected.about}, context ${await contextOf(stack, way)}`;
        return examine({ ...expected, about }, stack, way, { asJson });
    });
}

/** `make doctor STACK=...`. Returns its exit code. */
export async function doctor(name: string, options: string[]): Promise<number> {
    sayTo(process.stderr);
    const { code, text } = await answerFor(name, options.includes("--json"));
    process.stdout.write(text);
    return code;
}

// kubectl as a way to the Kubernetes API, with the rights of whoever runs this, however they log in.
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { which } from "../lib/exec";
import { type KubernetesSettings, kubectlOptions } from "../lib/kubectl-options";
import { PlainError } from "../lib/plain-error";

const startMs = 15_000;

export interface Way {
    /** kubectl with the options by which it finds the cluster. */
    command: string[];
    /** Where the Kubernetes API answers: a file that nobody else may open, unlike a port. */
    socket: string;
}

/** Gives the way to `use`, and closes it. */
export async function withKubectl<T>(settings: KubernetesSettings, use: (way: Way) => Promise<T>): Promise<T> {
    const program = which("kubectl");
    if (!program) {
        throw new PlainError(
            "kubectl is not on PATH. It is how the cluster is reached: install it, https://kubernetes.io/docs/tasks/tools/.",
        );
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "justdb-doctor-"));
    try {
        const command = [program, ...kubectlOptions(settings)];
        return await withProxy({ command, socket: path.join(folder, "api") }, use);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

async function withProxy<T>(way: Way, use: (way: Way) => Promise<T>): Promise<T> {
    const [program = "", ...options] = way.command;
    const proxy = spawn(program, [...options, "proxy", `--unix-socket=${way.socket}`], {
        stdio: ["ignore", "pipe", "pipe"],
    });
    const end = () => proxy.kill();
    process.on("exit", end);
    try {
        await new Promise<void>((resolve, reject) => {
            let said = "";
            const refuse = () =>
                reject(
                    new PlainError(
                        `kubectl finds no cluster: ${said.trim()}\n` +
                            "Name a context that kubectl config get-contexts lists: pulumi config set kubernetes:context NAME.",
                    ),
                );
            proxy.stderr.on("data", (data: Buffer) => (said += data.toString()));
            proxy.stdout.on("data", () => resolve());
            proxy.on("error", refuse);
            // Not "exit": what it said may still be on its way then.
            proxy.on("close", refuse);
            setTimeout(refuse, startMs).unref();
        });
        return await use(way);
    } finally {
        process.off("exit", end);
        end();
    }
}

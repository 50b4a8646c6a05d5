// helm template: a chart as the objects that it stands for.
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadAll } from "js-yaml";
import { at, isObject, type Values } from "../lib/values";
import { type Connection, kubeconfigOf } from "./kubeconfig";

export interface HelmOptions {
    chart: string;
    release: string;
    namespace: string;
    version?: string;
    repo?: string;
    devel?: boolean;
    dependencyUpdate?: boolean;
    skipCrds?: boolean;
    values: Values;
    /** What the cluster is: charts ask for it. */
    kubeVersion?: string;
    apiVersions: string[];
    /** What `lookup` asks. */
    connection: Connection;
}

export function helmArguments(options: Omit<HelmOptions, "connection">, kubeconfig: string): string[] {
    const args = ["template", options.release, options.chart, "--namespace", options.namespace];
    // So that `lookup` finds what is in the cluster, as under the official provider.
    args.push("--dry-run=server", "--kubeconfig", kubeconfig);
    // Values come by standard input: a file or an argument could be read by others.
    args.push("--values", "-", "--no-hooks", options.skipCrds ? "--skip-crds" : "--include-crds");
    if (options.version) args.push("--version", options.version);
    if (options.repo) args.push("--repo", options.repo);
    if (options.devel) args.push("--devel");
    if (options.dependencyUpdate) args.push("--dependency-update");
    if (options.kubeVersion) args.push("--kube-version", options.kubeVersion);
    return [...args, ...options.apiVersions.flatMap((version) => ["--api-versions", version])];
}

/** Helm's error without what only its command line can do about it. */
const withoutHints = (text: string) => text.replace(/^Use --debug flag .*$/m, "").trim();

function run(args: string[], input: string): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn("helm", args, { stdio: ["pipe", "pipe", "pipe"] });
        const output: Buffer[] = [];
        const errors: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
        child.once("error", (error) => reject(new Error(`helm cannot be started: ${error.message}`)));
        child.once("close", (code) => {
            if (code === 0) return resolve(Buffer.concat(output).toString("utf8"));
            return reject(new Error(`helm template: ${withoutHints(Buffer.concat(errors).toString("utf8"))}`));
        });
        // Helm may end before it has read all of its values; its message tells why.
        child.stdin.on("error", () => {});
        child.stdin.end(input);
    });
}

/** A List stands for its items. */
function expand(document: Values): Values[] {
    const items = at<Values[]>(document, "items");
    return String(document.kind).endsWith("List") && items ? items.flatMap(expand) : [document];
}

export async function renderChart(options: HelmOptions): Promise<Values[]> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "helm-"));
    const kubeconfig = path.join(folder, "kubeconfig");
    fs.writeFileSync(kubeconfig, kubeconfigOf(options.connection), { mode: 0o600 });
    const rendering = run(helmArguments(options, kubeconfig), JSON.stringify(options.values));
    const text = await rendering.finally(() => fs.rmSync(folder, { recursive: true }));
    const documents = loadAll(text).filter(isObject);
    return documents.filter((document) => Object.keys(document).length > 0).flatMap(expand);
}

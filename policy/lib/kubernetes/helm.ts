// A local chart rendered by the `helm` on PATH: no cluster, no network, no file written, and values that may be secret go through a pipe.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join, resolve } from "node:path";

export interface Rendering {
    chart: string;
    name: string;
    namespace: string;
    values: unknown;
    skipCrds: boolean;
    noHooks: boolean;
}

const seconds = 20;

/** The engine starts a policy pack in the pack's own folder or in the program's, so a relative path is looked for from either. */
function found(chart: string): string | undefined {
    const from = [process.cwd(), process.env.PWD, dirname(process.cwd())].filter((folder) => folder !== undefined);
    return from.map((folder) => resolve(folder, chart)).find((path) => path.endsWith(".tgz") ? existsSync(path) : existsSync(join(path, "Chart.yaml"))); // prettier-ignore
}

/** Where a chart is that is not in a repository: a folder with a Chart.yaml, or an archive. */
export function localChart(chart: string): string | undefined {
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(chart) ? undefined : found(chart);
}

/** By what was rendered: rules that judge a resource's inputs and its outputs ask for the same. */
const rendered = new Map<string, string | undefined>();

function run({ chart, name, namespace, values, skipCrds, noHooks }: Rendering): string | undefined {
    const args = ["template", name, chart, "--namespace", namespace, "--values", "-", "--skip-tests"];
    args.push(skipCrds ? "--skip-crds" : "--include-crds");
    if (noHooks) args.push("--no-hooks");
    const { PATH, HOME, SystemRoot } = process.env;
    const { status, stdout } = spawnSync("helm", args, {
        input: JSON.stringify(values),
        encoding: "utf8",
        timeout: seconds * 1000,
        maxBuffer: 64 << 20,
        env: { PATH, HOME, SystemRoot, KUBECONFIG: devNull, HELM_PLUGINS: devNull },
    });
    return status === 0 ? stdout : undefined;
}

/** The manifest of a local chart; undefined when there is no helm or the chart cannot be rendered. What helm says may hold values. */
export function rendering(of: Rendering): string | undefined {
    const key = JSON.stringify(of);
    if (!rendered.has(key)) rendered.set(key, run(of));
    return rendered.get(key);
}

// By which options kubectl finds the cluster that a stack's settings name.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Settings of Pulumi's provider; one that is empty is not set. */
export interface KubernetesSettings {
    /** The path of a file, or what stands in one. */
    kubeconfig?: string;
    context?: string;
    cluster?: string;
}

/** A kubeconfig may be given by its content. Its file goes with this process. */
function kubeconfigFile(given: string): string {
    if (!given.includes("\n") && !given.trimStart().startsWith("{")) return given.replace(/^~(?=\/)/, os.homedir());
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kubeconfig-"));
    process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, "config");
    fs.writeFileSync(file, given, { mode: 0o600 });
    return file;
}

/** What kubectl is told, as the provider is: by its own settings, else by the environment. */
export const kubectlOptions = ({ kubeconfig, context, cluster }: KubernetesSettings): string[] => [
    ...(kubeconfig ? ["--kubeconfig", kubeconfigFile(kubeconfig)] : []),
    ...(context ? ["--context", context] : []),
    ...(cluster ? ["--cluster", cluster] : []),
];

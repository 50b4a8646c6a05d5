// `make bundle STACK=sandbox`: of the stack of `make up`.
import { bundleCommand } from "../../tools/bundle/command";
import { PlainError } from "../../tools/lib/plain-error";
import { kubectl } from "../cluster/kubectl";
import { sandboxStack } from "../engine";
import { sandboxEnvironment } from "../environment";
import { isUp } from "../interrupt";
import { projectDir } from "../lib/paths";
import { name, namespace, prometheusUrl } from "../prometheus/objects";

/** The URL of the sandbox's own, where it runs: `make sight` starts it. */
async function ownPrometheus(): Promise<string | undefined> {
    const service = ["-n", namespace, "get", "service", name, "--ignore-not-found", "-o", "name"];
    const found = await kubectl(service).catch(() => "");
    return found === "" ? undefined : prometheusUrl;
}

export async function bundle(): Promise<void> {
    if (!isUp()) throw new PlainError("make bundle STACK=sandbox: the sandbox is not up. Bring it up with: make up");
    Object.assign(process.env, sandboxEnvironment());
    const stack = sandboxStack;
    const prometheus = process.env.PROMETHEUS || (await ownPrometheus());
    await bundleCommand({ stack, folder: projectDir(stack), into: process.cwd(), prometheus });
}

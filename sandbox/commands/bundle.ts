// `make bundle STACK=sandbox`: of the stack of `make up`.
import { bundleCommand } from "../../tools/bundle/command";
import { PlainError } from "../../tools/lib/plain-error";
import { sandboxStack } from "../engine";
import { sandboxEnvironment } from "../environment";
import { isUp } from "../interrupt";
import { projectDir } from "../lib/paths";

export async function bundle(): Promise<void> {
    if (!isUp()) throw new PlainError("make bundle STACK=sandbox: the sandbox is not up. Bring it up with: make up");
    Object.assign(process.env, sandboxEnvironment());
    const stack = sandboxStack;
    await bundleCommand({ stack, folder: projectDir(stack), into: process.cwd(), prometheus: process.env.PROMETHEUS });
}

// `make bundle STACK=sandbox`: of the stack of `make up`.
import * as path from "node:path";
import { bundleCommand } from "../../tools/bundle/command";
import { repoDir } from "../../tools/lib/paths";
import { PlainError } from "../../tools/lib/plain-error";
import { sandboxStack } from "../engine";
import { sandboxEnvironment } from "../environment";
import { isUp } from "../interrupt";
import { projectDir } from "../lib/paths";

export async function bundle(): Promise<void> {
    if (!isUp()) throw new PlainError("make bundle STACK=sandbox: the sandbox is not up. Bring it up with: make up");
    Object.assign(process.env, sandboxEnvironment());
    const cli = path.join(__dirname, "../cli.ts");
    await bundleCommand({
        stack: sandboxStack,
        folder: projectDir(sandboxStack),
        into: process.cwd(),
        prometheus: process.env.PROMETHEUS,
        doctor: [path.join(repoDir, "node_modules/.bin/tsx"), cli, "doctor"],
    });
}

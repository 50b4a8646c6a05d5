// What the program costs over an empty one.
import * as fs from "node:fs";
import * as path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { runDir, sandboxEnvironment, sandboxStack, withStack } from "../sandbox";
import { type Measured, timed, timedProgram } from "./measure";

/** The time of a fresh Node process that loads a module. */
const loading = (module: string) =>
    timedProgram(process.execPath, ["--require", "tsx/cjs", "-e", `require(${JSON.stringify(module)})`]);

/** The time of a preview of a program with no resources. */
async function emptyPreview(): Promise<number> {
    const workDir = path.join(runDir, "projects", "empty");
    fs.mkdirSync(workDir, { recursive: true });
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "empty", projectName: "empty", program: () => Promise.resolve() },
        { workDir, envVars: sandboxEnvironment() },
    );
    return timed(() => stack.preview());
}

export const program: Measured[] = [
    {
        name: "load the components / load @pulumi/pulumi",
        rounds: 5,
        floor: () => loading("@pulumi/pulumi"),
        subject: () => loading("./components"),
    },
    {
        name: "preview of the whole stack / of an empty program",
        rounds: 5,
        floor: emptyPreview,
        subject: () => withStack(sandboxStack, (stack) => timed(() => stack.preview())),
    },
];

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { goBinary, ProgramError, repoDir, run, runDir, withStack } from "../../sandbox";
import { ensureGo } from "../../tools/programs/go/build";

/** `pulumi preview` in the project's folder, as a person runs it: the CLI starts the program through the Node language host. */
function preview(stackName: string, ...config: string[]): Promise<string> {
    return withStack(stackName, ({ workspace: { envVars } }) => {
        // The CLI writes into the stack file, so it gets a copy.
        const file = path.join(runDir, "projects", `cli-${stackName}.yaml`);
        fs.copyFileSync(path.join(runDir, "projects", stackName, `Pulumi.${stackName}.yaml`), file);
        const settings = config.flatMap((setting) => ["--config", `justdb-cloud:${setting}`]);
        const args = ["preview", "--non-interactive", "--stack", stackName, "--config-file", file, ...settings];
        const PATH = `${path.dirname(goBinary("pulumi-language-nodejs"))}:${envVars.PATH}`;
        // Where tsx has compiled the program already; the sandbox's own folder is empty.
        const TMPDIR = os.tmpdir();
        return run("pulumi", args, { cwd: repoDir, env: { ...envVars, PATH, TMPDIR } });
    });
}

describe("the program under the Pulumi CLI", () => {
    before(() => ensureGo(["pulumi-language-nodejs"]));

    it("runs by its Pulumi.yaml alone, and plans every resource", async () => {
        const output = await preview("prod");
        assert.match(output, /JustDbCloud +justdb +create/);
        assert.match(output, /Deployment +justdb-deployment +create/);
        const all = fs.readFileSync(path.join(repoDir, "test/snapshots/prod.urns.txt"), "utf8").trim().split("\n");
        const made = all.filter((urn) => !urn.includes("::pulumi:providers:"));
        assert.match(output, new RegExp(`\\+ ${made.length} to create`));
    });

    it("shows a user's mistakes without a stack trace", async () => {
        await assert.rejects(preview("dev", "appReplicas=three", "appReplica=3"), (error: Error) => {
            assert.ok(error instanceof ProgramError);
            assert.match(error.message, /three/);
            assert.match(error.message, /appReplica\b/);
            assert.doesNotMatch(error.message, /^\s+at .+:\d+:\d+\)?$/m);
            return true;
        });
    });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "js-yaml";
import { alertGroups } from "../../../components/sight/alerts/groups";
import { settingsOf } from "../../../tools/lib/stack-settings";

const root = join(__dirname, "../../..");
const alerts = (stack: string) =>
    promisify(execFile)("node_modules/.bin/tsx", ["tools/alerts.ts", stack], { cwd: root });

describe("make alerts", () => {
    it("prints the rules of a stack, and nothing else", async () => {
        const { stdout, stderr } = await alerts("prod");
        assert.deepEqual(load(stdout), { groups: alertGroups(settingsOf("prod")) });
        assert.equal(stderr, "");
    });

    it("says in a sentence that there is no such stack", async () => {
        await assert.rejects(alerts("pord"), (error: { stderr: string; code: number }) => {
            assert.equal(
                error.stderr.trim(),
                "There is no Pulumi.pord.yaml. Stacks that have a file: dev, prod, sandbox.",
            );
            return error.code === 1;
        });
    });
});

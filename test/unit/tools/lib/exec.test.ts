import assert from "node:assert/strict";
import { ProgramError, run, which } from "../../../../tools/lib/exec";

describe("run", () => {
    it("returns what the program wrote, and hands it its input", async () => {
        assert.equal(await run("cat", [], { input: "text" }), "text");
    });

    it("gives it the environment, and the sandbox's mark", async () => {
        assert.equal(await run("sh", ["-c", 'echo "$WHO $JUSTDB_SANDBOX"'], { env: { WHO: "me" } }), "me 1\n");
    });

    it("fails with the end of what the program said", async () => {
        await assert.rejects(run("sh", ["-c", "echo reason >&2; exit 3"]), (error: Error) => {
            return error instanceof ProgramError && /ended with 3:\nreason/.test(error.message);
        });
    });

    it("says when the program is not there", async () => {
        await assert.rejects(run("no-such-program", []), /no-such-program cannot be started/);
    });
});

describe("which", () => {
    it("finds a command on PATH, or nothing", () => {
        assert.match(which("sh") ?? "", /\/sh$/);
        assert.equal(which("no-such-program"), undefined);
    });
});

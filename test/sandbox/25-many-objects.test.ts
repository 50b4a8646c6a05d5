// Backups of many and of large schemas: the scripts' own functions, by moto's Python, on data made for it.
import assert from "node:assert/strict";
import * as path from "node:path";
import { moto } from "../../sandbox/aws/moto";
import { run } from "../../sandbox/lib/exec";
import { repoDir } from "../../sandbox/lib/paths";

/** What a script of test/support answers. */
async function ask<T>(script: string, ...questions: string[]): Promise<T> {
    const asked = [path.join(repoDir, "test/support", script), path.join(repoDir, "operations"), ...questions];
    return JSON.parse(await run(moto.program("python"), ["-B", ...asked])) as T;
}

describe("many and large schemas", () => {
    it("are read in a time that grows with their number, not with its square", async () => {
        const { times, compressed } = await ask<{ times: number; compressed: number }>("many_objects.py", "growth");
        assert.ok(compressed > 50, `they compress by ${compressed}: too little to show anything`);
        assert.ok(times < 40, `ten times as many take ${times} times as long`);
    });

    it("are never held whole when they are large", async () => {
        const { written, mebibytes } = await ask<{ written: number; mebibytes: number }>("many_objects.py", "large");
        assert.equal(written, 5);
        assert.ok(mebibytes < 100, `${mebibytes} MiB for five of 30 MiB`);
    });

    it("need little memory for their index", async () => {
        const { bytes } = await ask<{ bytes: number }>("many_objects.py", "index");
        assert.ok(bytes < 1300, `${bytes} bytes for each object`);
    });
});

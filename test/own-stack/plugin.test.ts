import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** Pulumi starts the package so when a program of another language uses it: in the program's folder, with no tsconfig.json. */
describe("the package as a plugin", () => {
    it("starts in another program's folder, and serves", async function () {
        this.timeout(180_000);
        const folder = mkdtempSync(join(tmpdir(), "justdb-plugin-"));
        const host = spawn(
            process.execPath,
            [join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin"), root, "127.0.0.1:1"],
            {
                cwd: folder,
                stdio: ["ignore", "pipe", "inherit"],
            },
        );
        try {
            const [printed] = (await Promise.race([once(host.stdout, "data"), once(host, "exit")])) as [
                Buffer | number,
            ];
            assert.match(String(printed), /^\d{2,5}\n$/, "a port");
        } finally {
            host.kill();
            rmSync(folder, { recursive: true });
        }
    });
});

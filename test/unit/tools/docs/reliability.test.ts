import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../../..");

describe("docs/reliability.md", () => {
    it("tells of each file of test/faults/, in the order of their names", () => {
        const [, table] = /## What `make test-faults` tries\n([^]*?)\n## /.exec(
            readFileSync(join(root, "docs/reliability.md"), "utf8"),
        )!;
        const files = readdirSync(join(root, "test/faults")).map((file) => file.replace(/\.test\.ts$/, ""));
        assert.deepEqual(
            [...table!.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name),
            files.sort(),
        );
    });
});

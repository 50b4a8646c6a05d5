import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "../../../../tools/docs/generate";

describe("the generated files", () => {
    for (const [name, content] of Object.entries(generated)) {
        it(`${name} is what the code says: run make docs after a change`, () => {
            assert.equal(readFileSync(join(__dirname, "../../../..", name), "utf8"), content());
        });
    }
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "../../../docs/generate";

describe("the generated pages", () => {
    for (const [name, page] of Object.entries(pages)) {
        it(`docs/${name} is what the code says: run make docs after a change`, () => {
            assert.equal(readFileSync(join(__dirname, "../../../docs", name), "utf8"), page());
        });
    }
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { stackNames } from "../../sandbox/preview";
import { plan } from "../support/plan";

const snapshotDir = path.join(__dirname, "snapshots");

describe("each stack of the project", () => {
    for (const name of stackNames()) {
        it(`${name} plans cleanly, with the URNs of its snapshot`, async () => {
            const urns = (await plan(name)).map((resource) => resource.urn).sort();
            const file = path.join(snapshotDir, `${name}.urns.txt`);
            if (process.env.UPDATE_SNAPSHOTS) {
                fs.mkdirSync(snapshotDir, { recursive: true });
                fs.writeFileSync(file, `${urns.join("\n")}\n`);
            }
            assert.deepEqual(urns, fs.readFileSync(file, "utf8").trim().split("\n"));
        });
    }
});

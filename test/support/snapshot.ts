// Lists that are recorded in files: UPDATE_SNAPSHOTS=1 writes them anew, and git shows what has changed.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

/** Holds the lines against those of a file. */
export function matchesSnapshot(file: string, lines: string[]): void {
    if (process.env.UPDATE_SNAPSHOTS) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, `${lines.join("\n")}\n`);
    }
    assert.deepEqual(lines, fs.readFileSync(file, "utf8").trim().split("\n"));
}

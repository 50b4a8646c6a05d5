import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readScripts } from "../../../../components/backup/scripts";

describe("the scripts of a folder", () => {
    let folder: string;
    const write = (file: string, content: string) => writeFileSync(join(folder, file), content);

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "scripts-"));
        mkdirSync(join(folder, "lib"));
        write("program.py", "import module");
        write("lib/module.py", "");
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it("are programs and modules, by file name and in its order", () => {
        write("notes.txt", "none of them");
        assert.deepEqual(Object.entries(readScripts(folder)), [
            ["module.py", ""],
            ["program.py", "import module"],
        ]);
    });

    it("are refused when two have one name: one would replace the other", () => {
        write("lib/program.py", "");
        assert.throws(() => readScripts(folder), /a program and a module of one name, program\.py/);
    });
});

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { aptSources } from "../../images/debian";

describe("the source lists that images are made from", () => {
    let dir: string;

    beforeEach(() => {
        dir = fs.mkdtempSync(path.join(os.tmpdir(), "apt-"));
        fs.mkdirSync(path.join(dir, "sources.list.d"));
    });
    afterEach(() => fs.rmSync(dir, { recursive: true }));

    it("are the machine's own for the suite, in either format", () => {
        const write = (name: string, text: string) => fs.writeFileSync(path.join(dir, name), text);
        write("sources.list", "deb http://mirror.example/debian bookworm main\n");
        write(
            "sources.list.d/debian.sources",
            "Types: deb\nURIs: http://mirror.example\nSuites: bookworm bookworm-updates\n",
        );
        write("sources.list.d/other.list", "deb http://other.example stable main\n");
        write("sources.list.d/off.list", "# deb http://mirror.example/debian bookworm main\n");
        write("sources.list.d/backports.list", "deb http://mirror.example/debian bookworm-backports main\n");
        write("sources.list.d/debian.sources.bak", "Suites: bookworm\n");
        const names = aptSources(dir, "bookworm").map((file) => path.relative(dir, file));
        assert.deepEqual(names, ["sources.list", "sources.list.d/debian.sources"]);
    });

    it("are none on a machine of another suite", () => {
        assert.deepEqual(aptSources(path.join(dir, "absent"), "bookworm"), []);
    });
});

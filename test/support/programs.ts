// Stand-ins for programs on PATH, which say what a test has them say.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export class Programs {
    /** Of the programs, and for what else a test needs. Each test has its own. */
    folder = "";

    constructor() {
        const { PATH } = process.env;
        beforeEach(() => {
            this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "programs-"));
            process.env.PATH = `${this.folder}:${PATH}`;
        });
        afterEach(() => {
            process.env.PATH = PATH;
            fs.rmSync(this.folder, { recursive: true });
        });
    }

    /** `script` is JavaScript. */
    write(name: string, script: string): void {
        fs.writeFileSync(path.join(this.folder, name), `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
    }
}

// Stand-ins for programs on PATH, which say what a test has them say.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export class Programs {
    /** Of the programs, and for what else the tests need. */
    folder = "";

    constructor() {
        const { PATH } = process.env;
        before(() => {
            this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "programs-"));
            process.env.PATH = `${this.folder}:${PATH}`;
        });
        after(() => {
            process.env.PATH = PATH;
            fs.rmSync(this.folder, { recursive: true });
        });
    }

    /** `script` is JavaScript, where no other interpreter is named. */
    write(name: string, script: string, interpreter = process.execPath): void {
        fs.writeFileSync(path.join(this.folder, name), `#!${interpreter}\n${script}\n`, { mode: 0o755 });
    }
}

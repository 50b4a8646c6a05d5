// Files that a Go module carries beside its programs, such as the manifest of a release.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../lib/exec";
import { versions } from "../versions";
import { goBinary } from "./build";

/** A file of the module that a program was built from. It is kept beside the program once it was found. */
export async function moduleFile(module: string, program: string, file: string): Promise<string> {
    const kept = path.join(path.dirname(goBinary(program)), path.basename(file));
    if (!fs.existsSync(kept)) {
        const { path: name, version } = versions.goModules[module]!;
        const found = JSON.parse(await run("go", ["mod", "download", "-json", `${name}@${version}`])) as {
            Dir: string;
        };
        fs.copyFileSync(path.join(found.Dir, file), kept);
        fs.chmodSync(kept, 0o644);
    }
    return fs.readFileSync(kept, "utf8");
}

// Files that a Go module carries beside its programs, such as the manifest of a release.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../lib/exec";
import { versions } from "../versions";
import { goBinary, moduleDir } from "./build";

/** The folder of a module, which is fetched if it is not there, by the checksum of its go.sum. */
async function fetchModule(module: string): Promise<string> {
    const { path: name } = versions.goModules[module]!;
    const env = { GOTOOLCHAIN: "local", GOWORK: "off" };
    const found = await run("go", ["mod", "download", "-json", name], { cwd: moduleDir(module), env });
    return (JSON.parse(found) as { Dir: string }).Dir;
}

/** A file of the module that a program was built from. It is kept beside the program once it was found. */
export async function moduleFile(module: string, program: string, file: string): Promise<string> {
    const kept = path.join(path.dirname(goBinary(program)), path.basename(file));
    if (!fs.existsSync(kept)) {
        fs.mkdirSync(path.dirname(kept), { recursive: true });
        fs.copyFileSync(path.join(await fetchModule(module), file), kept);
        fs.chmodSync(kept, 0o644);
    }
    return fs.readFileSync(kept, "utf8");
}

/** All files of a folder of a module that has no program here. */
export async function moduleFiles(module: string, folder: string): Promise<string[]> {
    const dir = path.join(await fetchModule(module), folder);
    return fs.readdirSync(dir).map((name) => fs.readFileSync(path.join(dir, name), "utf8"));
}

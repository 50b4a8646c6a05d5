// What an image is made of, before it is made.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

export interface ImageSpec {
    /** Reference that pods use. */
    name: string;
    /** Name of its archive. Images that share an archive share its layer. */
    archive: string;
    /** The Go command that is in it. */
    command?: string;
    /** Changes when the recipe or an input changes. Fails when an input does not exist yet. */
    key(): string;
    /** Writes the archive; `workDir` is empty and removed afterwards. */
    build(outTar: string, workDir: string, log: (line: string) => void): Promise<void>;
}

/** Debian's and Go's name of this machine's architecture. */
export const architecture = process.arch === "x64" ? "amd64" : process.arch;

/** What every recipe is made with. */
const shared = ["spec.ts", "archive.ts", "debian.ts"].map((name) => path.join(__dirname, name));

/** The hash of values and of the contents of a recipe, and of other files and folders that an image is made of. */
export function keyOf(recipe: string, values: unknown, inputs: string[] = []): string {
    const hash = createHash("sha256").update(JSON.stringify([values, architecture]));
    for (const file of [...shared, recipe, ...inputs].flatMap(filesBelow)) hash.update(fs.readFileSync(file));
    return hash.digest("hex").slice(0, 12);
}

function filesBelow(file: string): string[] {
    if (!fs.statSync(file).isDirectory()) return [file];
    return fs
        .readdirSync(file)
        .sort()
        .flatMap((name) => filesBelow(path.join(file, name)));
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Changelog {
    /** Content by file name. */
    files: Record<string, string>;
    /** Changes with any of the files. */
    hash: string;
}

/** The changes of the database with what runs them: sql/, which holds nothing else. */
export function readChangelog(folder = join(__dirname, "sql")): Changelog {
    const names = readdirSync(folder).sort();
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 10);
    return { files, hash };
}

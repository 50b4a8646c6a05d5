// The code of an earlier version, out of the project's own history.
import * as fs from "node:fs";
import * as path from "node:path";
import { repoDir, run, temporary } from "../../sandbox";

/** The commit from whose code the states in test/states are recorded, by version. */
export const commits: Record<string, string> = { "1.0.0": "06bdee1eb04df86dc5852613898db0f26fe06efe" };

/** Unpacks it into a folder of its own, which it returns. Fails where the clone has no history: git fetch --unshallow. */
export async function unpack(version: string): Promise<string> {
    fs.mkdirSync(temporary, { recursive: true });
    const folder = fs.mkdtempSync(path.join(temporary, `version-${version}-`));
    const archive = path.join(folder, "sources.tar");
    await run("git", ["archive", "--output", archive, commits[version]!], { cwd: repoDir });
    await run("tar", ["--extract", "--file", archive], { cwd: folder });
    // One Pulumi in one process.
    fs.symlinkSync(path.join(repoDir, "node_modules"), path.join(folder, "node_modules"));
    return folder;
}

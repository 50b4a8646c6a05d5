import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageBreaks } from "../images";

const digest = "sha256:0f9a7d6c1f2b3e4d5c6b7a8990817263544536271809a0b1c2d3e4f5a6b7c8d9";

/** Writes a lock file. */
export function lockOf(...lines: string[]): string {
    const file = join(mkdtempSync(join(tmpdir(), "images-lock-")), "images.lock");
    writeFileSync(file, `# Locked\n${lines.join("\n")}\n`);
    return file;
}

const config = {
    lock: lockOf(
        `registry.example.com/team/app:1.2.3@${digest}`,
        `registry.example.com/team/postgres:18.4@${digest}`,
        "registry.example.com/team/data:1",
    ),
};

export const breaks = imageBreaks("image-lock", "an image that is not locked", "registry.example.com/team/app:1.2.4", {
    config,
});

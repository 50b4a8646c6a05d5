// Mounts that a killed program left behind.
import * as fs from "node:fs";
import { run } from "../../tools/lib/exec";

/** Takes away whatever is mounted below some folders, so that these can be removed. */
export async function unmountBelow(...folders: string[]): Promise<void> {
    const points = fs
        .readFileSync("/proc/mounts", "utf8")
        .split("\n")
        .map((line) => line.split(" ")[1] ?? "")
        .filter((point) => folders.some((folder) => point.startsWith(`${folder}/`)));
    // The innermost first.
    for (const point of points.reverse()) await run("umount", ["-l", point.replaceAll("\\040", " ")]);
}

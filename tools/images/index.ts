// `make images` and `make images-lock`: the images of the program, or of one stack, to mirror and to lock.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMain } from "../lib/main";
import { repoDir } from "../lib/paths";
import { PlainError } from "../lib/plain-error";
import { say } from "../lib/progress";
import { settingsOf } from "../lib/stack-settings";
import { knownDigests, lockName, lockText } from "./lock";
import { copyCommand, everyImage, imagesOf } from "./names";
import { findDigests } from "./registry";

/** One a line; with a mirror, the commands that bring each there. */
function list(images: string[], mirror: string): void {
    for (const image of images) console.log(mirror === "" ? image : copyCommand(image, mirror));
}

/** An image that no registry tells of keeps the digest that it had. */
async function lock(images: string[], file: string): Promise<void> {
    // A name with a digest is locked by that.
    const { digests, failed } = await findDigests(images.filter((image) => !image.includes("@")));
    writeFileSync(join(repoDir, file), lockText(images, new Map([...knownDigests(file), ...digests])));
    say(`${file}: asked for ${images.length} images, ${failed.length} not found out`);
    if (failed.length === 0) return;
    const how = "Who may pull logs in by: docker login REGISTRY. Images of a stack's own: STACK=prod.";
    throw new PlainError(`Not found out:\n  ${failed.join("\n  ")}\n${how}`);
}

const [command, stack = "", mirror = ""] = process.argv.slice(2);

runMain(async () => {
    const images = stack === "" ? everyImage() : imagesOf(settingsOf(stack));
    if (command === "lock") await lock(images, lockName(stack));
    else list(images, mirror);
});

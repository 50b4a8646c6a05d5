import { readFileSync } from "node:fs";
import { imageReference, type ImageReference } from "./image-reference";

/** A file does not change while a stack is judged. */
const read = new Map<string, ImageReference[] | string>();

/** The images of a lock file, or why there are none. The engine runs a pack in its own folder. */
export function lockedImages(file: string): ImageReference[] | string {
    const known = read.get(file) ?? readLock(file);
    read.set(file, known);
    return known;
}

function readLock(file: string): ImageReference[] | string {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        return `cannot be compared with ${file}: ${(error as Error).message}`;
    }
    const lines = text.split("\n").map((line) => line.trim());
    const images = lines.filter((line) => line !== "" && !line.startsWith("#"));
    const wrong = images.find((image) => imageReference(image) === undefined);
    if (wrong !== undefined) return `cannot be compared with ${file}: ${wrong} is no image`;
    return images.map((image) => imageReference(image)!);
}

// The file of locked images: one a line, with the digest where it is known.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repoDir } from "../lib/paths";
import { everyImage } from "./names";

/** By their images. */
export type Digests = Map<string, string>;

const head = `# Images by name, with the digest where it is known. make images-lock asks the registries for digests; docs/images.md says what it is for.
`;

/** Of the program, or of one stack. */
export const lockName = (stack = "") => (stack === "" ? "images.lock" : `images.${stack}.lock`);

const fileOf = (name: string) => join(repoDir, name);

/** What a lock file says of digests; nothing, where there is none. */
export function knownDigests(name: string): Digests {
    const text = existsSync(fileOf(name)) ? readFileSync(fileOf(name), "utf8") : "";
    return new Map([...text.matchAll(/^([^#@\s]+)@(\S+)$/gm)].map(([, image, digest]) => [image!, digest!]));
}

/** A name that has a digest already is locked by that. */
export function lockText(images: string[], digests: Digests): string {
    const line = (image: string) => (digests.has(image) ? `${image}@${digests.get(image)}` : image);
    return `${head}${images.map((image) => `${line(image)}\n`).join("")}`;
}

/** The lock of the program: its images, with the digests that were found before. */
export const ownLock = () => lockText(everyImage(), knownDigests(lockName()));

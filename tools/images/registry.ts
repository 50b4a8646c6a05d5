// What registries say of images: by crane, which logs in as docker does.
import { run } from "../lib/exec";
import { ensureGo, goBinary } from "../programs/go/build";
import type { Digests } from "./lock";

interface Found {
    digests: Digests;
    /** The others, each with what its registry says. */
    failed: string[];
}

/** The digest of what the tag of each image names now. */
export async function findDigests(images: string[]): Promise<Found> {
    await ensureGo(["crane"]);
    const found: Found = { digests: new Map(), failed: [] };
    for (const image of images) {
        try {
            found.digests.set(image, (await run(goBinary("crane"), ["digest", image])).trim());
        } catch (error) {
            found.failed.push(`${image}: ${(error as Error).message.trim().split("\n").at(-1)}`);
        }
    }
    return found;
}

// What a bundle is made of: each part is asked for by itself, and what one cannot have is written down, and stops no other.
import type { Target } from "../lib/target";

/** Texts by their place in the bundle. */
export type Files = Record<string, string>;

/** Writes a text down as it is asked for, or why it could not be had. */
export class Collection {
    readonly files: Files = {};
    readonly errors: string[] = [];

    /** An empty text is left out. */
    async add(file: string, text: () => string | Promise<string>): Promise<void> {
        await this.attempt(file, async () => {
            const found = await text();
            if (found.trim() !== "") this.files[file] = found;
        });
    }

    async attempt(what: string, work: () => void | Promise<void>): Promise<void> {
        try {
            await work();
        } catch (error) {
            this.errors.push(`${what}: ${(error as Error).message.trim()}`);
        }
    }
}

/** Asks for one part. */
export type Part = (collection: Collection, target: Target) => Promise<void>;

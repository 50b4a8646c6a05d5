// Resources whose random result is no secret: it is short, or guessable, and it is kept in plain in the state and in every log.
import type { Resource } from "../resource";
import { secretNoun, wordsOf } from "./key";

export const isWeakRandom = ({ type }: Resource) =>
    /^random:[\w/]+:Random(?:String|Pet|Id|Uuid|Uuid4|Uuid7|Integer|Shuffle)$/.test(type);

/** Outputs that carry the random result. */
export const results = ["result", "id", "hex", "b64Std", "b64Url", "dec"];

const openKeys = new Set("public partition sort primary foreign range hash kms ssh bucket object cache".split(" "));

/** Whether a resource's name says that it makes a secret: `db-password`, `jwt`, `app-key`. */
export function namesSecret(name: string): boolean {
    if (secretNoun(name) !== undefined) return true;
    const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
    return words.at(-1) === "key" && !openKeys.has(words.at(-2) ?? "");
}

// A live object holds more than the program gave: defaults, status, what controllers add. Only what was given compares.
import { isArray, isObject, mapValues } from "./values";

export type Same = (live: unknown, given: unknown) => boolean;

/** The live value in the shape of the given one: what the program left out is left out; equal values stay as given. */
export function prune(live: unknown, given: unknown, same: Same = Object.is): unknown {
    if (live === undefined || live === null) return undefined;
    if (same(live, given)) return given;
    if (isArray(live) && isArray(given))
        return live.map((item, i) => (i in given ? prune(item, given[i], same) : item));
    if (!isObject(live) || !isObject(given)) return live;
    return mapValues(given, (value, key) => prune(live[key], value, same));
}

// One break of one rule: where in a compliant resource, by which value, and what the message must name. The tests of every rule, the
// property test and the benchmark are made from lists of these.
import type { Config } from "../../../policy/lib/rule";
import type { Given, Props } from "./judge";

export interface Break {
    /** The rule's name. */
    rule: string;
    /** What is broken, in a few words. */
    title: string;
    /** A resource that keeps every rule; made afresh for each use. */
    fixture: () => Given;
    /** Where the value goes: keys and indexes, objects on the way are made. */
    at: (string | number)[];
    value: unknown;
    /** The path that the message begins with. */
    field: string;
    /** Whether the rule also objects when there is nothing at this place. */
    absent: "wrong" | "fine";
    /** The rule's configuration for this break. */
    config?: Config;
    /** Other mandatory rules that this value breaks with good reason. */
    alsoBreaks?: string[];
    /** The place the rule names when the value is not known, where that is not `field`. */
    unjudged?: string;
}

/** Puts a value where the break wants it, and gives the resource back. */
export function put(given: Given, at: (string | number)[], value: unknown): Given {
    let holder = given.props as Record<string | number, unknown>;
    for (const [index, key] of at.slice(0, -1).entries()) {
        holder[key] ??= typeof at[index + 1] === "number" ? [] : {};
        holder = holder[key] as Props;
    }
    const last = at.at(-1)!;
    if (value === undefined) delete holder[last];
    else holder[last] = value;
    return given;
}

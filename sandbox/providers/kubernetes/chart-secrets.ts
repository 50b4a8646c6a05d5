// Secret values of a chart, found again in the objects that it renders.
import { isArray, hasSecret, isObject, isSecret, mapValues, plain, secret, text, type Values } from "../lib/values";

/** The texts of all secret parts of a value. */
export function secretTexts(value: unknown): string[] {
    if (isSecret(value)) return leaves(plain(value));
    if (isArray(value)) return value.flatMap(secretTexts);
    return isObject(value) ? Object.values(value).flatMap(secretTexts) : [];
}

function leaves(value: unknown): string[] {
    if (isArray(value)) return value.flatMap(leaves);
    if (isObject(value)) return Object.values(value).flatMap(leaves);
    return value === null || value === undefined || value === "" ? [] : [text(value)];
}

function holds(leaf: string, wanted: string): boolean {
    return leaf.includes(wanted) || Buffer.from(leaf, "base64").toString("utf8").includes(wanted);
}

function markLeaves(value: unknown, texts: string[], found: Set<string>): unknown {
    if (isArray(value)) return value.map((item) => markLeaves(item, texts, found));
    if (isObject(value)) return mapValues(value, (item) => markLeaves(item, texts, found));
    const inside = texts.filter((wanted) => holds(text(value), wanted));
    for (const wanted of inside) found.add(wanted);
    return inside.length ? secret(value) : value;
}

const identity = ["apiVersion", "kind", "metadata"];

/**
 * The objects with every text that holds a secret value marked secret. A secret value that is nowhere to be seen may
 * have been changed by a template beyond recognition: then everything but the objects' identity is secret.
 */
export function markRendered(objects: Values[], values: unknown): Values[] {
    if (!hasSecret(values)) return objects;
    const texts = secretTexts(values);
    const found = new Set<string>();
    const marked = objects.map((object) => markLeaves(object, texts, found) as Values);
    if (texts.every((wanted) => found.has(wanted))) return marked;
    return marked.map((object) =>
        mapValues(object, (value, key) => (identity.includes(key) ? value : secret(plain(value)))),
    );
}

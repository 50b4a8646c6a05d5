// The single values in a resource, each with its place, its key and whether it is marked as a secret. Fields are made only for those
// that a rule speaks of: a stack has many values.
import { Field } from "../field";
import { isUnknown, Secret } from "../sdk";

export interface Leaf {
    /** Text, number, boolean; undefined when it is not known yet. */
    value: unknown;
    unknown: boolean;
    path: (string | number)[];
    /** The name that tells what the value is: the last key, or what names a `value`. */
    key: string;
    /** Marked as a secret, by itself or with what it is part of. */
    marked: boolean;
    /** Marked by itself. */
    own: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const unwrapped = (value: unknown): unknown => (value instanceof Secret ? unwrapped(value.value) : value);

/** What names the value in `{name: "DB_PASSWORD", value: ...}`, as in env lists and Helm parameters, or in `password: {value: ...}`. */
function nameOf(holder: Record<string, unknown>, key: string, above: string): string {
    if (key !== "value") return key;
    const name = unwrapped(holder.name ?? holder.key);
    return typeof name === "string" && !isUnknown(name) ? name : above || key;
}

/** Deeper than this a value has the place of what it is in: a path of thousands of steps helps nobody, and takes its time. */
const maxDepth = 64;

interface Step extends Pick<Leaf, "path" | "key" | "marked"> {
    given: unknown;
}

/** The parts of a value that has parts. */
function partsOf(value: unknown, { path, key, marked }: Step): Step[] | undefined {
    const below = (step: string | number) => (path.length < maxDepth ? [...path, step] : path);
    if (Array.isArray(value))
        return value.map((item: unknown, index) => ({ given: item, path: below(index), key, marked }));
    if (!isObject(value)) return undefined;
    return Object.entries(value).map(([name, part]) => ({
        given: part,
        path: below(name),
        key: nameOf(value, name, key),
        marked,
    }));
}

/** The single values in a value, which may hold marks of secrets and values that are not known. */
export function leavesOf(root: unknown): Leaf[] {
    const leaves: Leaf[] = [];
    // No recursion: a text of JSON may be as deep as it is long.
    const open: Step[] = [{ given: root, path: [], key: "", marked: false }];
    for (let step = open.pop(); step; step = open.pop()) {
        const own = step.given instanceof Secret;
        const value = unwrapped(step.given);
        const { path, key } = step;
        const marked = step.marked || own;
        const parts = isUnknown(value) ? undefined : partsOf(value, { ...step, marked });
        if (parts) for (const part of parts.reverse()) open.push(part);
        else if (isUnknown(value)) leaves.push({ value: undefined, unknown: true, path, key, marked, own });
        else if (value !== null && value !== undefined) leaves.push({ value, unknown: false, path, key, marked, own });
    }
    return leaves;
}

/** The field at a leaf's path. */
export const fieldAt = (root: Field, path: (string | number)[]): Field =>
    path.reduce<Field>((field, key) => (typeof key === "number" ? field.items[key]! : field.at(key)), root);

/** The leaves of a field. A field that is marked as a secret itself marks all of them. */
export function leavesOfField(field: Field): Leaf[] {
    const leaves = leavesOf(field.value);
    return field.secret ? leaves.map((leaf) => ({ ...leaf, marked: true })) : leaves;
}

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

/** The single values in a value, which may hold marks of secrets and values that are not known. */
export function leavesOf(root: unknown): Leaf[] {
    const leaves: Leaf[] = [];
    const path: (string | number)[] = [];
    const inside = (step: string | number, given: unknown, key: string, marked: boolean) => {
        path.push(step);
        walk(given, key, marked);
        path.pop();
    };
    const walk = (given: unknown, key: string, within: boolean): void => {
        const own = given instanceof Secret;
        const value = unwrapped(given);
        const marked = within || own;
        if (isUnknown(value)) {
            leaves.push({ value: undefined, unknown: true, path: [...path], key, marked, own });
        } else if (Array.isArray(value)) {
            for (const [index, item] of value.entries()) inside(index, item, key, marked);
        } else if (isObject(value)) {
            for (const [name, part] of Object.entries(value)) inside(name, part, nameOf(value, name, key), marked);
        } else if (value !== null && value !== undefined) {
            leaves.push({ value, unknown: false, path: [...path], key, marked, own });
        }
    };
    walk(root, "", false);
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

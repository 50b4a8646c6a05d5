// The single values in a resource, each with its place, its key and whether it is marked as a secret. Paths and Fields are made only for
// those that a rule speaks of: a stack has many values.
import { Field } from "../field";
import { isUnknown, Secret } from "../sdk";

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

class Part {
    /** Undefined when it is not known yet. */
    readonly value: unknown;
    readonly unknown: boolean;
    /** Marked as a secret, by itself or with what it is part of. */
    readonly marked: boolean;
    /** Marked by itself. */
    readonly own: boolean;
    private readonly depth: number;

    constructor(
        given: unknown,
        /** The name that tells what the value is: the last key, or what names a `value`. */
        readonly key: string,
        marked: boolean,
        private readonly above?: Part,
        private readonly step: string | number = "",
    ) {
        const value = unwrapped(given);
        this.own = given instanceof Secret;
        this.marked = marked || this.own;
        this.unknown = isUnknown(value);
        this.value = this.unknown ? undefined : value;
        this.depth = above ? above.depth + 1 : 0;
    }

    get path(): (string | number)[] {
        return this.above ? [...this.above.path, this.step] : [];
    }

    /** The parts of a value that has parts, the last one first. */
    get parts(): Part[] | undefined {
        const { value, key } = this;
        if (Array.isArray(value)) return value.map((item: unknown, index) => this.below(item, key, index)).reverse();
        if (!isObject(value)) return undefined;
        const names = Object.keys(value).reverse();
        return names.map((name) => this.below(value[name], nameOf(value, name, key), name));
    }

    private below(given: unknown, key: string, step: string | number): Part {
        if (this.depth < maxDepth) return new Part(given, key, this.marked, this, step);
        return new Part(given, key, this.marked, this.above, this.step);
    }
}

/** A text, number or boolean, or a value that is not known yet. */
export type Leaf = Part;

/** The single values in a value, which may hold marks of secrets and values that are not known, or be marked as a whole. */
export function leavesOf(root: unknown, marked = false): Leaf[] {
    const leaves: Leaf[] = [];
    // No recursion: a text of JSON may be as deep as it is long.
    const open = [new Part(root, "", marked)];
    for (let part = open.pop(); part; part = open.pop()) {
        const { parts } = part;
        if (parts) for (const below of parts) open.push(below);
        else if (part.unknown || (part.value !== null && part.value !== undefined)) leaves.push(part);
    }
    return leaves;
}

/** The field at a leaf's path. */
export const fieldAt = (root: Field, path: (string | number)[]): Field =>
    path.reduce<Field>((field, key) => (typeof key === "number" ? field.items[key]! : field.at(key)), root);

export const leavesOfField = (field: Field): Leaf[] => leavesOf(field.value, field.secret);

// Field managers: under which name an object is applied, and who owns which of its fields.
import { randomBytes } from "node:crypto";
import type { Step } from "../lib/diff";
import { at, isObject, type Values } from "../lib/values";
import { annotation } from "./objects";

/** Where the state keeps the name. */
export const managerKey = "__fieldManager";

/** Makes what must not exist yet: an object that is created and not applied. */
export const creator = "pulumi-kubernetes";

/** What the program says, else what the state holds, else one by chance: a creation of which the state never heard leaves its own behind. */
export function fieldManager(object: Values, state: Values = {}): string {
    const given = annotation(object, "patchFieldManager") || at<string>(state, managerKey);
    return given ?? `${creator}-${randomBytes(4).toString("hex")}`;
}

const entriesOf = (live: Values): Values[] => at<Values[]>(live, "metadata", "managedFields") ?? [];

/** Those that the provider had when it did not apply yet. */
const earlier = ["pulumi-kubernetes", "pulumi-kubernetes.exe", "pulumi-resource-kubernetes"];

/** Whether to overwrite what others own. A preview of a creation must not stumble over what is to be replaced. */
export function isForced(object: Values, live: Values | undefined, preview: boolean): boolean {
    if (annotation(object, "patchForce") === "true") return true;
    if (!live) return preview;
    const entries = entriesOf(live);
    const isEarlier = ({ manager, operation }: Values) => operation === "Update" && earlier.includes(String(manager));
    return entries.length === 0 || (preview && entries.some(isEarlier));
}

/** Whose fields an update makes its own, by the beginnings of their names: kubectl's, and those of a creation. */
const adopted = [
    ["Apply", "kubectl"],
    ["Update", "kubectl"],
    ["Update", "before-first-apply"],
    ["Update", creator],
    ["Update", "pulumi-resource-kubernetes"],
] as const;

const isAdopted = ({ manager, operation, subresource }: Values): boolean =>
    !subresource && adopted.some(([how, name]) => operation === how && String(manager).startsWith(name));

/** The owners of an object's fields once an update has adopted what it adopts; undefined where that changes nothing. */
export function withAdopted(live: Values, manager: string): Values[] | undefined {
    const isOwn = (entry: Values) => entry.manager === manager && entry.operation === "Apply";
    const entries = entriesOf(live);
    const taken = entries.filter((entry) => !isOwn(entry) && isAdopted(entry));
    if (taken.length === 0) return undefined;
    const merged = [...entries.filter(isOwn), ...taken].reduce((own, { fieldsV1 }) => ({
        ...own,
        fieldsV1: union(own.fieldsV1, fieldsV1),
    }));
    const others = entries.filter((entry) => !isOwn(entry) && !taken.includes(entry));
    return [...others, { ...merged, manager, operation: "Apply" }];
}

function union(a: unknown, b: unknown): unknown {
    if (!isObject(a) || !isObject(b)) return a ?? b;
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return Object.fromEntries(keys.map((key) => [key, union(a[key], b[key])]));
}

function owns(fields: unknown, path: Step[]): boolean {
    let current = fields;
    for (const step of path) {
        if (typeof step === "number") return false;
        current = at(current, `f:${step}`);
        if (current === undefined) return false;
    }
    return true;
}

/** Whether somebody else owns the field at this path, and this manager does not. */
export function isOthers(live: Values, path: Step[], manager: string): boolean {
    const owners = entriesOf(live).filter(({ fieldsV1 }) => owns(fieldsV1, path));
    return owners.length > 0 && owners.every((owner) => owner.manager !== manager);
}

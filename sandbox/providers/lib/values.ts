// The values that travel between engine and provider: plain JSON, with secrets, unknowns and outputs as marked objects.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Values = Record<string, unknown>;

const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const outputMark = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceMark = "5cf8f73096256a8f31e491e813e4eb8e";

/** Stands for a value that is known only after the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine has one of these for each type that a value may come to have. */
const unknowns = new Set<unknown>([
    unknown,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function isObject(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is unknown[] {
    return Array.isArray(value);
}

/** A scalar as text; anything else as JSON. */
export function text(value: unknown): string {
    if (value === undefined || value === null) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
}

export function isUnknown(value: unknown): boolean {
    return unknowns.has(value);
}

function isMarked(value: unknown, mark: string): boolean {
    return isObject(value) && value[signature] === mark;
}

export function isSecret(value: unknown): boolean {
    if (!isObject(value)) return false;
    return isMarked(value, secretMark) || (isMarked(value, outputMark) && value.secret === true);
}

export function secret(value: unknown): unknown {
    return isSecret(value) ? value : { [signature]: secretMark, value: value ?? null };
}

export function resourceReference(urn: string, id: string): unknown {
    return { [signature]: resourceMark, urn, id };
}

/** The value without any mark: secrets opened, outputs resolved (or unknown), resources as their id or URN. */
export function plain(value: unknown): unknown {
    if (isArray(value)) return value.map(plain);
    if (!isObject(value)) return isUnknown(value) ? unknown : value;
    if (isMarked(value, secretMark)) return plain(value.value);
    if (isMarked(value, outputMark)) return "value" in value ? plain(value.value) : unknown;
    if (isMarked(value, resourceMark)) return "id" in value ? plain(value.id) : value.urn;
    return mapValues(value, plain);
}

export function plainObject(value: unknown): Values {
    const result = plain(value);
    return isObject(result) ? result : {};
}

/** Whether any part of a (plain or marked) value fulfils the condition. */
function contains(value: unknown, condition: (part: unknown) => boolean): boolean {
    if (condition(value)) return true;
    if (isArray(value)) return value.some((item) => contains(item, condition));
    return isObject(value) && Object.values(value).some((item) => contains(item, condition));
}

export function hasSecret(value: unknown): boolean {
    return contains(value, isSecret);
}

export function hasUnknown(value: unknown): boolean {
    return contains(plain(value), isUnknown);
}

export function mapValues(object: Values, change: (value: unknown, key: string) => unknown): Values {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

/** Without undefined (and, when asked, null) members: neither the wire nor Kubernetes wants them. */
export function compact<T>(value: T, dropNull = false): T {
    if (isArray(value)) return value.map((item) => compact(item, dropNull)) as T;
    if (!isObject(value)) return value;
    const kept = Object.entries(value).filter(([, item]) => item !== undefined && !(dropNull && item === null));
    return Object.fromEntries(kept.map(([key, item]) => [key, compact(item, dropNull)])) as T;
}

/** Marks those parts of a plain value secret that are secret in the value it was made from. */
export function markSecrets(value: unknown, origin: unknown): unknown {
    if (value === undefined || isSecret(value)) return value;
    if (isSecret(origin)) return secret(value);
    if (isArray(origin)) return hasSecret(origin) ? secret(value) : value;
    if (!isObject(value) || !isObject(origin)) return value;
    return mapValues(value, (item, key) => markSecrets(item, origin[key]));
}

export function fromStruct(struct: Struct | undefined): Values {
    return struct ? struct.toJavaScript() : {};
}

export function toStruct(values: Values): Struct {
    return Struct.fromJavaScript(compact(values) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The value at a path of keys, undefined when any step is missing. */
export function at<T = unknown>(value: unknown, ...keys: (string | number)[]): T | undefined {
    let current = value;
    for (const key of keys) {
        if (current === null || typeof current !== "object") return undefined;
        current = (current as Record<string | number, unknown>)[key];
    }
    return (current ?? undefined) as T | undefined;
}

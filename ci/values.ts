// What may be shown of a property's value: plain, short, and nothing that a secret could hide in. In doubt, nothing.
import { secretText } from "../tools/lib/scrub";
import { secretMark, signature } from "../tools/lib/secret-values";

/** What stands for a value that is not known before the update. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Types whose every value stays hidden: they exist to hold secrets, settings or whole files. */
const hiddenTypes = [
    /^kubernetes:core\/v1:(Secret|ConfigMap)(Patch|List)?$/,
    /^kubernetes:(helm\.sh|yaml|kustomize)\b/,
    /^(random|tls):/,
    /^aws:(iam\/accessKey|secretsmanager|ssm\/parameter|kms\/ciphertext)/,
    /^pulumi:providers:/,
];

/** Names under which a secret may stand in plain. */
const hiddenNames = [
    /^(data|stringData|binaryData|env|envFrom|args|command|annotations|values|yaml|objs|headers)$/i,
    /pass|secret|token|credential|private|dsn|auth|cert|key|salt|seed|webhook|connection(string|ur[il])?$/i,
];

export type Step = string | number;

/** `spec.containers[0].env["A.B"]` as its steps. */
export function steps(path: string): Step[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => {
        if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
        return index === undefined || index === "*" ? (name ?? index ?? "") : Number(index);
    });
}

type Found = { secret: true } | { secret: false; value: unknown };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function find(root: unknown, path: Step[]): Found {
    let value = root;
    for (const step of [undefined, ...path]) {
        if (step !== undefined) value = isObject(value) ? value[step] : undefined;
        if (value === secretText || (isObject(value) && value[signature] === secretMark)) return { secret: true };
    }
    return { secret: false, value };
}

/** A long run of letters and digits mixed is a key, a hash or an encoding, not a name. */
function looksRandom(text: string): boolean {
    const isMixed = (run: string) => /[0-9]/.test(run) && /[A-Za-z]/.test(run);
    return (text.match(/[A-Za-z0-9]{16,}/g) ?? []).some(isMixed) || /[A-Za-z0-9+/=]{40,}/.test(text);
}

function plain(value: unknown): string | undefined {
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (typeof value !== "string") return undefined;
    if (value === unknown) return "known after the update";
    const [name = "", digest, ...more] = value.split("@sha256:");
    if (more.length > 0 || (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest))) return undefined;
    if (name.length > 100 || !/^[A-Za-z0-9][\w./:-]*$/.test(name) || looksRandom(name)) return undefined;
    return value;
}

/** The value of a property as it may be shown; undefined when it is none of anybody's business, or not there. */
export function shown(type: string, properties: unknown, path: string): string | undefined {
    const way = steps(path);
    const found = find(properties, way);
    if (found.secret) return secretText;
    if (hiddenTypes.some((pattern) => pattern.test(type))) return undefined;
    if (way.some((step) => typeof step === "string" && hiddenNames.some((pattern) => pattern.test(step))))
        return undefined;
    return plain(found.value);
}

const joined = (path: string, key: string) =>
    /^[\w-]+$/.test(key) ? (path ? `${path}.${key}` : key) : `${path}[${JSON.stringify(key)}]`;

/** The paths at which two sets of properties differ. Two secrets count as equal: their values are not in the events. */
export function differences(before: unknown, after: unknown, path = ""): string[] {
    if (Array.isArray(before) && Array.isArray(after)) {
        const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
        return indexes.flatMap((index) => differences(before[index], after[index], `${path}[${index}]`));
    }
    if (isObject(before) && isObject(after) && !(signature in before) && !(signature in after)) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        return keys.flatMap((key) => differences(before[key], after[key], joined(path, key)));
    }
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

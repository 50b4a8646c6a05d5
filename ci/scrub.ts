// The last guard: no secret that the stack has now leaves in a report, wherever a provider, a rule or the program may have put it.
import type { Stack } from "@pulumi/pulumi/automation";
import { secretText } from "./values";

const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Shorter values stand in too many harmless words. */
const shortest = 8;

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** Every text below a value. */
function texts(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Every text that is marked as a secret in an exported state. */
function marked(value: unknown): string[] {
    if (typeof value !== "object" || value === null) return [];
    const object = value as Record<string, unknown>;
    if (object[signature] === secretMark)
        return typeof object.plaintext === "string" ? texts(parsed(object.plaintext)) : [];
    return Object.values(object).flatMap(marked);
}

/** The text that is encoded, when it is one. */
function decoded(text: string): string[] {
    if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(text) || text.length % 4 !== 0) return [];
    const content = Buffer.from(text, "base64").toString();
    return content.includes("\ufffd") ? [] : [content];
}

interface Deployment {
    resources?: { urn: string }[];
}

/** The secrets of a state and of a configuration, whole and line by line. A name that stands in a URN is known anyway. */
export function secretsIn(
    deployment: Deployment,
    config: Record<string, { value: string; secret?: boolean }>,
): string[] {
    const settings = Object.values(config).filter(({ secret }) => secret);
    const found = [...marked(deployment), ...settings.flatMap(({ value }) => [value, ...texts(parsed(value))])];
    const urns = (deployment.resources ?? []).map(({ urn }) => urn);
    const all = found
        .flatMap((text) => [text, ...decoded(text)])
        .flatMap((text) => [text, ...text.split("\n").map((line) => line.trim())])
        .filter((text) => text.length >= shortest && !urns.some((urn) => urn.includes(text)));
    return [...new Set(all)];
}

/** The secrets that a stack has now. Fails when they cannot be read. */
export async function secretsOf(stack: Stack): Promise<string[]> {
    const exported = (await stack.exportStack()) as { deployment?: Deployment };
    return secretsIn(exported.deployment ?? {}, await stack.getAllConfig());
}

/** The ways in which a value could stand somewhere. */
const spellings = (text: string) => [
    text,
    Buffer.from(text).toString("base64"),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
];

/** Puts `[secret]` in place of each secret, in every text below a value. */
export function scrubbed<T>(value: T, secrets: string[]): T {
    // The longest first: one secret may be a part of another.
    const all = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
    const clean = (part: unknown): unknown => {
        if (typeof part === "string") return all.reduce((text, secret) => text.replaceAll(secret, secretText), part);
        if (Array.isArray(part)) return part.map(clean);
        if (typeof part !== "object" || part === null) return part;
        return Object.fromEntries(Object.entries(part).map(([key, below]) => [key, clean(below)]));
    };
    return clean(value) as T;
}

// Which secrets a stack has, so that they can be taken out of what is shown to others. Pure.

/** The engine's marks of a value that is not plain. */
export const signature = "4dabf18193072939515e22adb298388d";
export const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Shorter values stand in too many harmless words. */
const shortest = 8;
/** But for those that a Secret calls a password, or like one. */
const shortestPassword = 4;
const passwordKey = /pass|secret|token|credential|key/i;

/** Keys of a Secret whose values are no secrets, and stand in what has to be read. */
const openKeys = ["username", "user", "dbname", "host", "port", "namespace", "aws-region", "ca.crt", "tls.crt"];

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

/** Each text, decoded if it is encoded, whole and line by line. */
const withParts = (found: string[]) =>
    found
        .flatMap((text) => [text, ...decoded(text)])
        .flatMap((text) => [text, ...text.split("\n").map((line) => line.trim())]);

const unique = (all: string[]) => [...new Set(all)];

export interface Deployment {
    resources?: { urn: string }[];
}

export type Settings = Record<string, { value?: string; secret?: boolean }>;

/** The secrets of a state and of a configuration. A name that stands in a URN is known anyway. */
export function secretsIn(deployment: Deployment, config: Settings): string[] {
    const settings = Object.values(config).filter(({ secret }) => secret);
    const found = [...marked(deployment), ...settings.flatMap(({ value = "" }) => [value, ...texts(parsed(value))])];
    const urns = (deployment.resources ?? []).map(({ urn }) => urn);
    return unique(
        withParts(found).filter((text) => text.length >= shortest && !urns.some((urn) => urn.includes(text))),
    );
}

export interface SecretObject {
    metadata: { name: string };
    type?: string;
    /** By key, in base64. */
    data?: Record<string, string>;
}

/** What a value is in base64, unless it is no text: then it stays so. */
function textOf(encoded: string): string {
    const text = Buffer.from(encoded, "base64").toString();
    return text.includes("\ufffd") ? encoded : text;
}

export interface Found {
    values: string[];
    /** What may be read: the Secrets' names, and values such as that of a user's name. */
    open: string[];
    /** Where those values are that are too short to be told from words. */
    tooShort: string[];
}

/** The values of Secrets of the cluster. */
export function secretsInObjects(objects: SecretObject[]): Found {
    const all = objects.flatMap(({ metadata, data = {} }) =>
        Object.entries(data)
            .filter(([, encoded]) => encoded !== "")
            .map(([key, encoded]) => ({ key, place: `${metadata.name}/${key}`, text: textOf(encoded) })),
    );
    const entries = all.filter(({ key }) => !openKeys.includes(key));
    const isLongEnough = ({ key, text }: { key: string; text: string }) =>
        text.length >= (passwordKey.test(key) ? shortestPassword : shortest);
    const parts = withParts(entries.flatMap(({ text }) => [text, ...texts(parsed(text))]));
    return {
        values: unique([
            ...entries.filter(isLongEnough).map(({ text }) => text),
            ...parts.filter(({ length }) => length >= shortest),
        ]),
        open: [
            ...objects.map(({ metadata }) => metadata.name),
            ...all.filter(({ key }) => openKeys.includes(key)).map(({ text }) => text),
        ].filter((text) => !entries.some((entry) => entry.text === text)),
        tooShort: entries.filter((entry) => !isLongEnough(entry)).map(({ place }) => place),
    };
}

/** The values but those that may be read, which a state has in base64 as well. */
export function withoutOpen(values: string[], open: string[]): string[] {
    const all = open.flatMap((text) => [text, Buffer.from(text).toString("base64")]);
    return values.filter((value) => !all.includes(value));
}

// Takes the secrets out of an exported stack, so that it may be kept in a repository and still be planned on: a value is replaced by the
// same placeholder wherever it stands, also within a longer one. Pure.
import { secretMark, signature } from "../../tools/lib/secret-values";
import type { RecordedResource } from "./recorded-state";

type Change = (text: string) => string;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** A secret in an export with --show-secrets: its value is JSON. */
function secretOf(value: unknown): { value: unknown } | undefined {
    if (!isObject(value) || value[signature] !== secretMark) return undefined;
    return { value: JSON.parse(value.plaintext as string) };
}

const secret = (value: unknown) => ({ [signature]: secretMark, plaintext: JSON.stringify(value) });

/** Changes every text of a value, those of secrets by another rule. */
function mapTexts(value: unknown, open: Change, hidden: Change): unknown {
    const found = secretOf(value);
    if (found) return secret(mapTexts(found.value, hidden, hidden));
    if (typeof value === "string") return open(value);
    if (Array.isArray(value)) return value.map((item) => mapTexts(item, open, hidden));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, open, hidden)]));
}

/** The texts of a value, those of secrets apart. */
function textsOf(value: unknown): { open: Set<string>; hidden: Set<string> } {
    const open = new Set<string>();
    const hidden = new Set<string>();
    const into = (texts: Set<string>) => (text: string) => {
        texts.add(text);
        return text;
    };
    mapTexts(value, into(open), into(hidden));
    return { open, hidden };
}

/** What a Secret's `data` holds of a text; undefined for what is not the code of one. */
function decoded(text: string): string | undefined {
    const plain = Buffer.from(text, "base64").toString();
    return text !== "" && Buffer.from(plain).toString("base64") === text ? plain : undefined;
}

/** As long as the secret, and made of letters of the same case and digits, as what checks a secret may ask. */
function placeholder(text: string, number: number): string {
    const word = `Secret${String(number).padStart(3, "0")}`;
    const filled = word.repeat(Math.ceil(text.length / word.length)).slice(0, text.length);
    return /[a-z]/.test(text) ? filled : filled.toUpperCase();
}

/** No password or key is shorter. */
const shortest = 16;

/** Values that resources outside of the cluster made up: passwords and keys. All other secrets are made of them. */
function madeUp(resources: RecordedResource[]): string[] {
    const keys = resources.filter(({ type }) => type === "aws:iam/accessKey:AccessKey").map(({ id }) => id!);
    const outside = resources.filter(({ type }) => /^(aws|random):/.test(type));
    return [...keys, ...outside.flatMap(({ outputs }) => [...textsOf(outputs).hidden])].filter(
        ({ length }) => length >= shortest,
    );
}

/**
 * The state with every secret replaced. What stands in the clear elsewhere, such as the name of a role beside its password, is none.
 * `known` are the secrets of the configuration, which are made up.
 */
export function withoutSecrets<T extends { resources: RecordedResource[] }>(state: T, known: string[] = []): T {
    const replaced = new Map<string, string>();
    const replace = (text: string) => {
        if (!replaced.has(text)) replaced.set(text, placeholder(text, replaced.size + 1));
        return replaced.get(text)!;
    };
    // A text that holds another one comes first.
    const parts = [...new Set(madeUp(state.resources))]
        .filter((text) => !known.includes(text))
        .sort((a, b) => b.length - a.length);
    const withPlaceholders: Change = (text) =>
        parts.reduce((rest, part) => (rest.includes(part) ? rest.replaceAll(part, replace(part)) : rest), text);

    const { open } = textsOf(state);
    const isHarmless = (text: string) => text === "" || open.has(text) || known.some((value) => text.includes(value));
    const hidden: Change = (text) => {
        if (isHarmless(text)) return withPlaceholders(text);
        const plain = decoded(text);
        const inside = plain === undefined ? undefined : withPlaceholders(plain);
        if (plain !== undefined && (inside !== plain || isHarmless(plain)))
            return Buffer.from(inside!).toString("base64");
        const changed = withPlaceholders(text);
        return changed === text ? replace(text) : changed;
    };
    return mapTexts(state, withPlaceholders, hidden) as T;
}

// Does a literal look like a secret? By its key's name, by a known form, or as it looks random. What is found is told by its kind and
// place, never by its value.
import { inCommands } from "./commands";
import { fromBase64, looksRandom, readable } from "./entropy";
import { inFile } from "./files";
import { isBasicAuth, isUserWithPassword, knownSecret } from "./format";
import { isOpen, secretNoun, wordsOf } from "./key";
import { isLiteralSecret } from "./literal";
import { pairsIn } from "./text";

export interface Finding {
    /** `a private key`, `a literal under a key that names a password` */
    what: string;
    /** The key inside a structured text. */
    key?: string;
}

export interface Options {
    /** A `secret` may be the name of a Secret here, as in Helm values and annotations. */
    names?: boolean;
    /** Names of keys that hold no secret. */
    notSecret?: RegExp;
    /** The text is code: only quoted text is a literal. */
    code?: boolean;
}

export const randomText = "random text that looks like a key";

function byKey(key: string, value: string, { names }: Options): string | undefined {
    const noun = secretNoun(key);
    if (noun && !/\n/.test(value.trim()) && isLiteralSecret(value, noun, names))
        return `a literal under a key that names a ${noun}`;
    const name = wordsOf(key).join(" ");
    const auth = name.endsWith("auth") && isBasicAuth(value.trim());
    return auth || isUserWithPassword(name, value.trim()) ? "a basic authentication" : undefined;
}

/** What secret a single value is, by its key, its form or its randomness. */
function inValue(key: string, value: string, options: Options): string | undefined {
    if (options.notSecret?.test(key)) return undefined;
    const found = byKey(key, value, options);
    if (found) return found;
    if (looksRandom(value.trim()) && !isOpen(key)) return randomText;
    const plain = decoded(value);
    return plain && knownSecret(plain);
}

/** The text behind base64, where it is text. */
function decoded(value: string): string | undefined {
    if (value.length < 16) return undefined;
    const bytes = fromBase64(value);
    return bytes && readable(bytes);
}

/** A certificate's or public key's body, in PEM or as an SSH key, looks random and is none of anybody's secrets. */
const openBlock =
    /-----BEGIN (?:[A-Z0-9 ]{1,64} )?(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY|X509 CRL|DH PARAMETERS|PKCS7|PGP SIGNATURE)(?: BLOCK)?-----/g;
const sshKeys = /\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,32}|sk-\S{1,32}@openssh\.com) AAAA[\w+/=]+/g;

function withoutOpenKeys(text: string): string {
    const parts: string[] = [];
    let from = 0;
    for (const { index } of text.matchAll(openBlock)) {
        if (index < from) continue;
        const end = text.indexOf("-----END ", index);
        if (end < 0) break;
        parts.push(text.slice(from, index));
        from = end + "-----END ".length;
    }
    return [...parts, text.slice(from)].join("").replace(sshKeys, "");
}

/** `outer` names a text of one line; what is in a longer one has keys of its own. */
function inText(outer: string, text: string, options: Options): Finding[] {
    const found: Finding[] = [];
    const known = knownSecret(text);
    if (known) found.push({ what: known });
    if (!options.code) found.push(...inCommands(text), ...inFile(outer, text));
    const own = /\n./.test(text) ? "" : outer;
    for (const { key, value } of pairsIn(withoutOpenKeys(text), options.code)) {
        const what = inValue(key || own, value, options);
        if (what) found.push({ what, ...(key && { key }) });
    }
    return found;
}

/** Too short for a known form, and with nothing that parts a key from a value. */
const isPlainWord = (value: string) => value.length < 15 && !/[:=<\s'"]/.test(value);

/** What secrets are in a value: in itself, in the lines of a text, in the text behind base64. */
export function secretsIn(key: string, value: string, options: Options = {}): Finding[] {
    if (value.length < 3 || options.notSecret?.test(key)) return [];
    const single = inValue(key, value, options);
    if (single) return [{ what: single }];
    if (isPlainWord(value)) return [];
    const found = inText(key, value, options);
    if (found.length > 0) return found;
    const plain = decoded(value);
    return plain === undefined ? [] : inText(key, plain, options);
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

const compiled = new Map<string, RegExp>();

/** From names of keys in a configuration, `*` for any text. */
export function keysLike(globs: readonly string[] = []): RegExp | undefined {
    if (globs.length === 0) return undefined;
    const source = globs.map((glob) => glob.split("*").map(escaped).join(".*")).join("|");
    const pattern = compiled.get(source) ?? new RegExp(`^(?:${source})$`, "i");
    compiled.set(source, pattern);
    return pattern;
}

/** `a private key`, `2 secrets, the first a private key (application.yml)`; for a message. */
export function told(findings: readonly Finding[]): string {
    const { what, key } = findings[0]!;
    const first = key ? `${what} (${key})` : what;
    return findings.length === 1 ? first : `${findings.length} secrets, the first ${first}`;
}

// Whether a text looks as if it came from a random generator, as keys and tokens do. Hashes do as well, so hexadecimal text of a hash's
// length never counts, nor does text that only looks mixed because it is base64 of something readable or of a known file format.

/** Shannon entropy, in bits for each character. */
export function bitsPerCharacter(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}

const minLength = 32;
/** Longer text is a file, not a key. */
const maxLength = 512;
/** Hexadecimal digits of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512. */
const hashLengths = new Set([32, 40, 56, 64, 96, 128]);
const hex = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
const mixed = /^(?!(?:md5|sha\d+)-)[A-Za-z0-9+/_-]+={0,2}$/;

/** The share of neighbours of different kinds, upper case, lower case, digit or sign: some 0.62 in random text, little in words. */
function changes(text: string): number {
    const kinds = [...text].map((it) => (/[a-z]/.test(it) ? 0 : /[A-Z]/.test(it) ? 1 : /\d/.test(it) ? 2 : 3));
    return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length / (text.length - 1);
}

/** The share that is in runs of at least four lower-case letters: much in names like `ClusterPolicyForNodeGroup1`. */
const words = (text: string) => (text.match(/[a-z]{4,}/g) ?? []).join("").length / text.length;

/** Whether hyphens part it, as no random text would be: there each is one sign of 64. */
const isParted = (text: string) => (text.match(/-/g) ?? []).length / text.length > 0.12;

/** First bytes of images, fonts, archives, compressed and encrypted data, WebAssembly and DER. */
const fileStarts = [
    "1f8b", "89504e47", "ffd8ff", "47494638", "52494646", "504b0304", "425a68", "fd377a58", "28b52ffd", "789c", "7801", "78da",
    "774f4646", "774f4632", "00010000", "4f54544f", "0061736d", "7f454c46", "3082", "3081", "3059", "302a", "53616c7465645f5f",
].map((start) => Buffer.from(start, "hex")); // prettier-ignore

const sshKey = Buffer.from([0, 0, 0]);

/** The bytes behind base64, undefined when it is none. Whitespace as of wrapped lines is left out. */
export function fromBase64(text: string): Buffer | undefined {
    const compact = text.replace(/\s+/g, "");
    if (compact.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return undefined;
    if (compact.endsWith("=") ? compact.length % 4 !== 0 : compact.length % 4 === 1) return undefined;
    return Buffer.from(compact, "base64");
}

const control = /[\0-\x08\x0e-\x1f\x7f]/; // eslint-disable-line no-control-regex

/** The readable text in some bytes, undefined when they are no text. */
export function readable(bytes: Buffer): string | undefined {
    const text = bytes.toString("utf8");
    return text.includes("\ufffd") || control.test(text) ? undefined : text;
}

export function looksRandom(text: string): boolean {
    if (text.length < minLength || text.length > maxLength) return false;
    if (hex.test(text))
        return /[a-f]/i.test(text) && text.length >= 48 && !hashLengths.has(text.length) && varied(text, 3);
    if (!mixed.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false;
    if (!varied(text, 4) || changes(text) < 0.35 || words(text) >= 0.35 || isParted(text)) return false;
    const bytes = fromBase64(text);
    if (!bytes) return true;
    if (fileStarts.some((start) => bytes.subarray(0, start.length).equals(start))) return false;
    return readable(bytes) === undefined && !bytes.subarray(0, 3).equals(sshKey);
}

const varied = (text: string, bits: number) => bitsPerCharacter(text) >= bits;

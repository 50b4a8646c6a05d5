// Takes secrets out of texts: by their value, in every spelling, and what looks like one. Pure.
import { inBase64, type InBase64, spellings } from "./spellings";

export const secretText = "[secret]";

type Scrub = (text: string) => string;

function withoutBase64(text: string, { core, before, after }: InBase64): string {
    if (!text.includes(core)) return text;
    const [first, last] = [before, after].map((shared) => (shared ? "[\\w+/-]?" : ""));
    return text.replace(new RegExp(`${first}${core.replaceAll("+", "\\+")}${last}={0,2}`, "g"), secretText);
}

/** Puts `[secret]` in the place of each secret. */
export function scrubber(secrets: string[]): Scrub {
    const byLength = (a: string, b: string) => b.length - a.length;
    // The longest first: one secret may be a part of another.
    const all = [...new Set(secrets)].sort(byLength);
    const plain = [...new Set(all.flatMap(spellings))].sort(byLength);
    const encoded = all.flatMap(inBase64);
    return (text) =>
        encoded.reduce(
            withoutBase64,
            plain.reduce((rest, spelling) => rest.replaceAll(spelling, secretText), text),
        );
}

/** Does to every text below a value what `change` does to one. */
export function inTexts<T>(value: T, change: Scrub): T {
    const inside = (part: unknown): unknown => {
        if (typeof part === "string") return change(part);
        if (Array.isArray(part)) return part.map(inside);
        if (typeof part !== "object" || part === null) return part;
        return Object.fromEntries(Object.entries(part).map(([key, below]) => [key, inside(below)]));
    };
    return inside(value) as T;
}

/** What looks like a secret, wherever it comes from, of which the first group is kept. Each has an end, or a long line would take for ever. */
const looks: RegExp[] = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]{0,10000}?-----END [A-Z ]*PRIVATE KEY-----/g,
    // JWT
    /\beyJ[\w-]{8,5000}\.[\w-]{8,5000}\.[\w-]*/g,
    /(authorization["']?[ \t]*[:=][ \t]*["']?\w+[ \t]+)(?!\[secret])[^\s"',;]{4,}/gi,
    // https://user:password@host
    /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/"']{0,100}:)(?!\[secret]@)[^\s@/"']{1,500}(?=@)/gi,
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
    /(X-Amz-(?:Signature|Credential|Security-Token)=)(?!\[secret])[^&\s"']+/gi,
    /\bSCRAM-SHA-256\$[^\s"']+/g,
    /\bmd5[0-9a-f]{32}\b/g,
    /\b(?:pul-[0-9a-f]{20,}|gh[a-z]_\w{20,}|github_pat_\w{20,}|xox[a-z]-[\w-]{10,})/g,
    // password=..., "password": "...", but not a reference to a value, nor the name of a Secret or of a type of Pulumi
    /(?<!existing|\/\w{0,40})((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)["']?[ \t]*[=:][ \t]*["']?)(?!\[secret]|(?:true|false|null|none)\b|["'$<{[])[^\s"',;&}]{4,}/gi,
];

/** Puts `[secret]` in the place of what looks like a secret, but for what is known to be none. */
export function withoutLookalikes(text: string, open: string[] = []): string {
    const replace = (match: string, kept: unknown) => {
        const before = typeof kept === "string" ? kept : "";
        return open.includes(match.slice(before.length)) ? match : `${before}${secretText}`;
    };
    return looks.reduce((rest, pattern) => rest.replace(pattern, replace), text);
}

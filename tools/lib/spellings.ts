// The ways in which a text could stand in a file: as it is, and in each encoding that programs write. Pure.

const json = (text: string) => JSON.stringify(text).slice(1, -1);

const codeOf = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** JSON as Node, Python, Go and Gson write it: they differ in what they escape without need. */
const jsonSpellings = (text: string) => [
    json(text),
    json(text).replace(/[\u0080-\uffff]/g, codeOf),
    json(text).replace(/[<>&\u2028\u2029]/g, codeOf),
    json(text).replace(/[<>&='\u2028\u2029]/g, codeOf),
    json(text).replaceAll("/", "\\/"),
];

/** No URL can hold half of a surrogate pair: what a Buffer is made of has none. */
const uri = (text: string) => encodeURIComponent(Buffer.from(text).toString());

/** As of RFC 3986, with slashes left as they are, of a form, and with small digits. */
function urlSpellings(text: string): string[] {
    const strict = uri(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
    const form = new URLSearchParams({ text }).toString().slice("text=".length);
    const all = [uri(text), strict, ...[uri(text), strict].map((one) => one.replaceAll("%2F", "/")), form];
    const withPlus = all.map((one) => one.replaceAll("%20", "+"));
    const small = [...all, ...withPlus].map((one) => one.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    return [...all, ...withPlus, ...small, uri(uri(text))];
}

const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const xmlSpellings = (text: string) => {
    const quoted = xml(text).replaceAll('"', "&quot;");
    return [xml(text), quoted, ...["&#39;", "&#x27;", "&apos;"].map((quote) => quoted.replaceAll("'", quote))];
};

function hexSpellings(text: string): string[] {
    const hex = Buffer.from(text).toString("hex");
    return [hex, hex.toUpperCase()];
}

/** What YAML's double quotes have a letter for: all that JSON has, and more. */
const yamlLetters: Record<string, string> = {
    "\0": "0", "\x07": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}; // prettier-ignore

function escapedInYaml(one: string): string {
    const hex = one.charCodeAt(0).toString(16).toUpperCase();
    return `\\${yamlLetters[one] ?? (hex.length > 2 ? `u${hex.padStart(4, "0")}` : `x${hex.padStart(2, "0")}`)}`;
}

/** In double quotes as Go and Node write them: Go leaves a space that does not break. */
const yamlSpellings = (text: string) =>
    [/["\\\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu, /["\\\p{Cc}\xa0\u2028\u2029\ufeff\ufffe\uffff]/gu].map((escaped) =>
        text.replace(escaped, escapedInYaml),
    );

/** YAML and SQL double a quote; a shell ends the quoting for one. */
const quotedSpellings = (text: string) => [text.replaceAll("'", "''"), text.replaceAll("'", "'\\''")];

/** Every spelling of a text but base64. */
export function spellings(text: string): string[] {
    const once = jsonSpellings(text);
    const all = [
        text,
        ...once,
        // A JSON text in a JSON text, such as kubectl's annotation with the last applied object.
        ...once.map(json),
        ...urlSpellings(text),
        ...xmlSpellings(text),
        ...hexSpellings(text),
        ...yamlSpellings(text),
        ...quotedSpellings(text),
    ];
    return [...new Set(all)];
}

/** A text within a longer one that is in base64. */
export interface InBase64 {
    /** What depends on the text alone. */
    core: string;
    /** Whether the character before, and the one after, have bits of the text as well. */
    before: boolean;
    after: boolean;
}

/** How a text stands in base64 and base64url, after 0, 1 or 2 bytes of another group of three. */
export function inBase64(text: string): InBase64[] {
    const bytes = Buffer.from(text);
    const found = [0, 1, 2].flatMap((shift) => {
        const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
        const [from, until] = [Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)];
        const core = encoded.slice(from, until);
        const url = core.replaceAll("+", "-").replaceAll("/", "_");
        const [before, after] = [shift > 0, (shift + bytes.length) % 3 !== 0];
        return [core, url, encodeURIComponent(core)].map((one) => ({ core: one, before, after }));
    });
    return found.filter(({ core }, index) => found.findIndex((other) => other.core === core) === index);
}

/** Every text that tells that a text is there: for a search. */
export const traces = (text: string): string[] => [...spellings(text), ...inBase64(text).map(({ core }) => core)];

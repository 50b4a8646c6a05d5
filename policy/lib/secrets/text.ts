// Keys and values in the texts that people put into ConfigMaps, environment variables and commands: YAML, properties, JSON, .env, shell,
// INI, XML. No parser of one format, as such texts are often templates, or one format inside another.
import { secretNoun } from "./key";
import { leavesOf } from "./leaves";

export interface Pair {
    /** "" for text with no key. */
    key: string;
    value: string;
}

/** Longer text is searched up to here: a ConfigMap holds no more. */
const maxText = 1 << 20;
/** A value with no end of its own: a line of many keys would be read again for each. */
const maxValue = 1024;

/** `key: value`, where a line or list item begins. */
const first = /^\s*(?:-\s+)*(["']?)([\w./-]{1,128})\1\s*:(?=\s|["'[{]|$)\s*/;
/** `key: value` in a flow mapping, `key=value` after any space, `key => "value"` as of Logstash and PHP. */
const pair =
    /(?<=[{,]\s{0,8})(["']?)([\w./-]{1,128})\1\s*:(?=\s|["'[{]|$)\s*|(?<=^|[\s{[,;:&?"'(=]|--?)(["']?)([A-Za-z_][\w./-]{0,127})\3\]?\s*=(?:(?![=~>])\s*|>\s*(?=["']))/g;
/** But for `//registry.example.com/:_authToken=` in .npmrc. */
const comment = /^\s*(?:#|\/\/(?!\S{1,255}:_)|;|--\s)/;
/** Label matchers of PromQL and LogQL. */
const selectors = /\w\{[^{}]*\}/g;
/** `<password>x</password>`, `<property name="password">x</property>` */
const element = /<([\w:.-]+)(?:\s[^<>]*)?>([^<>]+)<\/\1>/g;
const nameOfElement = /^<[\w:.-]+\s(?:[^<>]{0,255}\s)?(?:name|key)=["']([^"'<>]{1,128})["']/;
/** A key and its value with a space between: `requirepass x` of Redis, `HTTP_Passwd x` of Fluent Bit, `insecure-password x` of HAProxy. */
const directive = /^\s*(?:user\s+\S+\s+|set\s+\$)?([A-Za-z_][\w.-]{0,127})\s+(?:(["'])([^"']+)\2|([^\s"']+?))\s*;?\s*$/;
/** A word that only a setting has for its name. */
const settingName = /[a-z][A-Z]|_|^(?:requirepass|masterauth|bindpw|rootpw|insecure-password)$/;
const block = /^[|>][+-]?\d?$/;

/** The value from there on: what is quoted, or the rest of the line after `:`, or up to a separator after `=`. */
function valueAt(rest: string, colon: boolean, flow: boolean, code: boolean): string {
    const quoted = /^(["'`])((?:\\.|(?!\1)[^\\])*)\1/.exec(rest);
    if (quoted) return quoted[2]!;
    if (code) return "";
    const some = colon && !flow ? rest : rest.slice(0, maxValue);
    if (!colon) return /^(?:\$\{[^}]{0,64}\}|\$\([^)]{0,64}\)|\{\{.{0,64}?\}\}|<[^<>]*>|[^\s;&,"'])*/.exec(some)![0];
    const end = some.search(flow ? /[,}]/ : /\s#/);
    return (end < 0 ? some : some.slice(0, end)).trim();
}

/** `-Dspring.password=` defines `spring.password`. */
const withoutFlag = (key: string, before: string) => (/(?:^|[^-])-$/.test(before) ? key.replace(/^D/, "") : key);

/** Parts of a line that may be a key of its own, in a list or an argument. */
const loose = (line: string) => line.split(/[\s"'`,;=<>()[\]{}]+/).filter((word) => word.length >= 32);

class Lines {
    readonly pairs: Pair[] = [];
    /** A key with nothing behind it: its value is in the lines below. */
    private waiting = "";
    /** `name: DB_PASSWORD`, followed by `value: ...`. */
    private named = "";

    constructor(private readonly code: boolean) {}

    add(line: string): void {
        const found = [...this.inLine(line)];
        for (const each of found) this.take(each);
        if (found.length === 0 && line.trim() !== "") this.withoutKey(line);
    }

    private *inLine(line: string): Iterable<Pair> {
        const plain = line.replace(selectors, "");
        const start = first.exec(plain);
        if (start) yield { key: start[2]!, value: valueAt(plain.slice(start[0].length), true, false, this.code) };
        for (const match of plain.matchAll(pair)) {
            const before = plain.slice(Math.max(0, match.index - 2), match.index);
            const rest = plain.slice(match.index + match[0].length);
            yield match[2] === undefined
                ? { key: withoutFlag(match[4]!, before), value: valueAt(rest, false, false, this.code) }
                : { key: match[2], value: valueAt(rest, true, true, this.code) };
        }
        for (const match of plain.matchAll(element))
            yield { key: nameOfElement.exec(match[0])?.[1] ?? match[1]!, value: match[2]!.trim() };
        const [, key, , quoted, bare] = directive.exec(plain) ?? [];
        if (key !== undefined && secretNoun(key) !== undefined && this.isSetting(key, bare))
            yield { key, value: (quoted ?? bare)! };
    }

    /** Not two words of a sentence, or of a program. */
    private isSetting(key: string, bare: string | undefined): boolean {
        if (bare === undefined) return true;
        return !this.code && (settingName.test(key) || !/^[A-Za-z]+[.,:!?]?$/.test(bare));
    }

    private take({ key, value }: Pair): void {
        this.waiting = value === "" || block.test(value) ? key : "";
        if (this.waiting) return;
        const own = /^(?:name|key)$/i.test(key);
        this.pairs.push({ key: /^value$/i.test(key) && this.named ? this.named : key, value });
        this.named = own ? value : /^value$/i.test(key) ? "" : this.named;
    }

    private withoutKey(line: string): void {
        const value = line.replace(/^\s*-\s+/, "").trim();
        if (this.waiting && (!this.code || /^["'`]/.test(value))) this.pairs.push({ key: this.waiting, value });
        else for (const word of loose(line)) this.pairs.push({ key: "", value: word });
        if (!/^\s*-\s/.test(line)) this.waiting = "";
    }
}

function parsed(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The keys and values in a text, and the words that have no key. `code`: only quoted text is a value. */
export function pairsIn(text: string, code = false): Pair[] {
    const json = parsed(text);
    if (typeof json === "object" && json !== null) {
        return leavesOf(json).flatMap(({ value, key }) => (typeof value === "string" ? [{ key, value }] : []));
    }
    const lines = new Lines(code);
    for (const line of text.slice(0, maxText).split(/\r?\n|\\n/)) if (!comment.test(line)) lines.add(line);
    return lines.pairs;
}

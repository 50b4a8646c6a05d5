// Secrets that are known by their form alone, whatever the key.
import { createPrivateKey } from "node:crypto";
import { bitsPerCharacter, fromBase64, readable } from "./entropy";
import { formats, hasStart } from "./formats";
import { isLiteralSecret, placeholderWord } from "./literal";

/** Those that no few first characters give away. */
const others: [what: string, keyword: string, pattern: RegExp][] = [
    ["a private key", "PRIVATE KEY", /-----BEGIN (?:[A-Z0-9 ]{1,64} )?PRIVATE KEY(?: BLOCK)?-----/],
    ["a JSON web token", "eyJ", /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
    ["an API key", "sk-", /(?<![\w-])sk-(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}/],
    ["a Terraform token", ".atlasv1.", /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/],
    ["a secret of Entra ID", "Q~", /(?<![\w.~-])[\w.~]{3}\dQ~[\w.~-]{31,34}(?![\w.~-])/],
    ["a Telegram token", ":AA", /(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])/],
    ["an Airtable token", "pat", /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![A-Za-z0-9])/],
    ["a Vault token", "s.", /(?<![\w.-])s\.(?=[a-z0-9]{0,24}[A-Z])(?=[A-Za-z]{0,24}\d)[A-Za-z0-9]{24}(?![\w.-])/],
    ["a MaxMind key", "_mmk", /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?!\w)/],
    ["a webhook of Teams", ".webhook.office.com/", /\.webhook\.office\.com\/webhookb2\/[\w@-]{36,}\/IncomingWebhook\/[a-z0-9]{32}\//],
]; // prettier-ignore

/** Bits for each character, below which it is a filler: `ghp_xxxx`. */
const leastBits = 1.9;

/** A text in the place of a key, in a manual or a template. */
const isFiller = (text: string) =>
    bitsPerCharacter(text.slice(0, 256)) < leastBits ||
    /EXAMPLE|abcdefghijklmnopqrstuvwxyz/i.test(text) ||
    placeholderWord.test(text);

function knownFormat(text: string): string | undefined {
    for (const [what, keyword, pattern] of others) if (text.includes(keyword) && pattern.test(text)) return what;
    if (!hasStart(text)) return undefined;
    return formats.find(([, pattern]) => (text.match(pattern) ?? []).some((found) => !isFiller(found)))?.[0];
}

const accessKeyId = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/;
const secretAccessKey = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;

/** An access key id is no secret by itself; with the key beside it, it is. */
function hasAwsKey(text: string): boolean {
    if (!accessKeyId.test(text)) return false;
    return (text.match(secretAccessKey) ?? []).some(
        (key) => !/^[0-9a-f]+$/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key),
    );
}

const inUrl = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"'<>]*:([^\s/?#@"'<>]+)@(?!sha\d+:)[\w[$%{.-]/gi;
/** `user:password@tcp(host:3306)/database`, as Go takes it for MySQL. */
const inDataSource = /(?<![\w.:@/-])[\w.-]{1,64}:([^\s:@()"']{1,255})@(?:tcp6?|unix)\(/g;
/** `Server=db;User Id=app;Password=x`, as .NET and ODBC take it. */
const inConnectionString =
    /\b(?:Server|Data Source|Host|Endpoint|Database|Initial Catalog|User ?Id|Uid|Username)\s?=[^;\n"']{1,255};(?:[^\n"']{0,1024};)?\s?(?:Password|Pwd|SharedAccessKey)\s?=\s?([^;\n"']{1,255})/gi;
const sqlPassword = /\b(?:PASSWORD|IDENTIFIED\s+(?:WITH\s+\S{1,64}\s+)?BY)\s+'([^']+)'/gi;
const authorization = /\b(?:authorization|x-auth)["']?\s*[:=]\s*["']?(Basic|Bearer|Token)\s+([^\s"']+)/gi;

/** `Basic dXNlcjpwYXNz`, with a colon before it or in quotes after a name. */
const basic = /\bBasic\s+([A-Za-z0-9+/]{8,2048}={0,2})(?![\w+/=])/gi;

const literals = (text: string, pattern: RegExp, group: number) =>
    [...text.matchAll(pattern)].some((match) => isLiteralSecret(match[group]!, "password"));

/** A DER key in base64 without its PEM lines. */
function isDerKey(text: string): boolean {
    if (!/^M[CHI][\w+/=\s-]{60,}$/.test(text)) return false;
    const der = fromBase64(text);
    if (!der) return false;
    return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
        try {
            return createPrivateKey({ key: der, format: "der", type }) !== undefined;
        } catch {
            return false;
        }
    });
}

/** `dXNlcjpwYXNz`, as `auth` in a Docker config. */
export function isBasicAuth(text: string): boolean {
    const bytes = fromBase64(text);
    const plain = bytes && readable(bytes);
    return plain !== undefined && /^[^\s:]+:\S{3,}$/.test(plain) && isLiteralSecret(plain.split(":")[1]!, "password");
}

/** `user:password` under a name such as `BASIC_AUTH`, `neo4j/password` under `NEO4J_AUTH`. */
export function isUserWithPassword(name: string, value: string): boolean {
    const pattern = /\bbasic ?auth$/.test(name)
        ? /^[^\s:/]{1,255}:(\S{3,})$/
        : /^neo 4 j auth$/.test(name)
          ? /^[^\s:/]{1,255}\/(\S{3,})$/
          : undefined;
    const password = pattern?.exec(value)?.[1];
    return password !== undefined && isLiteralSecret(password, "password");
}

/** What secret of a known form is in a text; undefined when there is none. */
export function knownSecret(text: string): string | undefined {
    if (text.length < 8) return undefined;
    const format = knownFormat(text);
    if (format) return format;
    if (hasAwsKey(text)) return "an AWS access key with its secret";
    if (text.includes("://") && literals(text, inUrl, 1)) return "a password in a URL";
    if (text.includes("@") && literals(text, inDataSource, 1)) return "a password of a database";
    if (text.includes(";") && literals(text, inConnectionString, 1)) return "a password of a database";
    if (text.includes("'") && literals(text, sqlPassword, 1)) return "a password in SQL";
    if (literals(text, authorization, 2)) return "an authorization header";
    if ([...text.matchAll(basic)].some((match) => isBasicAuth(match[1]!))) return "a basic authentication";
    return isDerKey(text.trim()) ? "a private key" : undefined;
}

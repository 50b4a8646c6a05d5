// Secrets that are known by their form alone, whatever the key.
import { createPrivateKey } from "node:crypto";
import { fromBase64, readable } from "./entropy";
import { isLiteralSecret } from "./literal";

const formats: [what: string, pattern: RegExp][] = [
    ["a private key", /-----BEGIN (?:[A-Z0-9 ]+ )?PRIVATE KEY(?: BLOCK)?-----/],
    ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/],
    ["a GitLab token", /\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|oas)-[\w-]{20,}/],
    [
        "a Slack token",
        /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{20,}|hooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,}/,
    ],
    ["a Stripe key", /\b(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/]{24,})/],
    ["a Google key", /\bAIza[\w-]{35}(?![\w-])|\bGOCSPX-[\w-]{28}|\bya29\.[\w-]{20,}/],
    ["a JSON web token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
    ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
    ["a PyPI token", /\bpypi-AgE[\w-]{50,}/],
    ["a SendGrid key", /\bSG\.[\w-]{22}\.[\w-]{43}/],
    ["a DigitalOcean token", /\bdo[opr]_v1_[0-9a-f]{64}/],
    ["a Vault token", /\bhv[sbr]\.[\w-]{24,}/],
    ["a Pulumi token", /\bpul-[0-9a-f]{40}\b/],
    ["a Docker token", /\bdckr_(?:pat|oat)_[\w-]{27,}/],
    ["an API key", /\bsk-(?:proj-|svcacct-|ant-\w+-)?[\w-]{40,}/],
    ["an age key", /\bAGE-SECRET-KEY-1[0-9A-Z]{58}/],
    ["a storage account key", /\bAccountKey=[A-Za-z0-9+/]{86}==/i],
];

const accessKeyId = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/;
const secretAccessKey = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;

/** An access key id is no secret by itself; with the key beside it, it is. */
function hasAwsKey(text: string): boolean {
    if (!accessKeyId.test(text)) return false;
    return (text.match(secretAccessKey) ?? []).some(
        (key) => !/^[0-9a-f]+$/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key),
    );
}

const inUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"'<>]*:([^\s/?#@"'<>]+)@(?!sha\d+:)[\w[$%{.-]/gi;
const sqlPassword = /\b(?:PASSWORD|IDENTIFIED\s+BY)\s+'([^']+)'/gi;
const authorization = /\b(?:authorization|x-auth)["']?\s*[:=]\s*["']?(Basic|Bearer|Token)\s+([^\s"']+)/gi;

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

/** What secret of a known form is in a text; undefined when there is none. */
export function knownSecret(text: string): string | undefined {
    if (text.length < 8) return undefined;
    for (const [what, pattern] of formats) if (pattern.test(text)) return what;
    if (hasAwsKey(text)) return "an AWS access key with its secret";
    if (text.includes("://") && literals(text, inUrl, 1)) return "a password in a URL";
    if (text.includes("'") && literals(text, sqlPassword, 1)) return "a password in SQL";
    if (literals(text, authorization, 2)) return "an authorization header";
    return isDerKey(text.trim()) ? "a private key" : undefined;
}

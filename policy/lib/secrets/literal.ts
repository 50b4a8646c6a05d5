// Whether the value under a secret's key is the secret itself, in place of a reference to it, a setting or nothing.
import { looksRandom } from "./entropy";
import type { SecretNoun } from "./key";

const nothing = new Set(
    (
        "true false yes no on off null nil none undefined ~ n/a na auto required optional enabled disabled string integer boolean object array " +
        "include omit same-origin redacted [redacted] <redacted> [secret] (sensitive)"
    ).split(" "),
);

/** A variable, a template or a mask in the text: what is there is not the secret. */
const placeholder = /\$\{|\$\(|\{\{|<%|%\w+%|^\$\w+$|^\$env:|^@[\w.]+@$|^<[^<>]*>$|^[*•x.#-]+$|^#\{/i;
/** `${DB_PASSWORD:default}` and `${DB_PASSWORD:-default}`: here the secret is in the placeholder. */
const withDefault = /^\$\{[\w.]+:-?([^${}?+][^${}]*)\}$/;

/** References to secret stores, encrypted values and password hashes. */
const elsewhere = new RegExp(
    [
        "^(?:vault|ref\\+|op|arn|secretsmanager|ssm|awssm|gcpsm|azkv|file|env|secret|secretref|k8s|kubernetes|sm|bao|doppler):",
        "^ref\\+",
        "^projects/[^/]+/secrets/",
        "^(?:env|process\\.env|os\\.environ|os\\.getenv|System\\.getenv|ENV)[.([]",
        "^\\{cipher\\}|^ENC[([]|^\\$ANSIBLE_VAULT|^@Microsoft\\.KeyVault|^-----BEGIN (?:PGP|AGE ENCRYPTED)",
        "^\\$(?:2[abxy]?|5|6|7|y|apr1|argon2\\w*|scrypt|pbkdf2\\S*)\\$|^\\{(?:S?SHA\\d*|bcrypt|noop|pbkdf2|scrypt|argon2|CRYPT)\\}|^SCRAM-SHA|^md5[0-9a-f]{32}$",
    ].join("|"),
    "i",
);

const url = /^[a-z][a-z0-9+.-]*:\/\//i;
const path = /^(?:~|\.{1,2})?\/[\w.@~-]*(?:\/[\w.@~-]*)*$|^[A-Za-z]:\\/;
const fileName =
    /^[\w.-]+\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|conf|cfg|env|ini|xml|properties|token|secret|keytab|gpg|asc)$/i;
/** Function calls and indexing, as in a script's code. */
const code = /^[A-Za-z_][\w.]*[([]/;

const unquoted = (text: string) => /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;

/** The name of a Kubernetes object, with its namespace or without. Text that mixes letters and digits like a key is none. */
export const isObjectName = (text: string): boolean =>
    text.length <= 253 &&
    /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?$/.test(text) &&
    !text.split(/[-./]/).some((part) => part.length >= 12 && (part.match(/[a-z]\d|\d[a-z]/g) ?? []).length >= 4);

/** Whether a value under a key of that kind is a secret in plain. `names`: a `secret` may be the name of a Secret here. */
export function isLiteralSecret(value: string, noun: SecretNoun, names = false): boolean {
    const text = unquoted(value.trim()).trim();
    if (text === "" || nothing.has(text.toLowerCase())) return false;
    const fallback = withDefault.exec(text)?.[1];
    if (fallback !== undefined) return isLiteralSecret(fallback, noun, names);
    if (placeholder.test(text) || elsewhere.test(text) || code.test(text)) return false;
    if (/^[[{&*!|>=]/.test(text) && !/^[&*!|>=]\S{7,}/.test(text)) return false;
    if (/^-?\d+(?:\.\d+)?(?:[a-z]{1,2})?$/i.test(text)) return noun === "password" && /^\d{4,}$/.test(text);
    if (url.test(text) || fileName.test(text)) return false;
    if (path.test(text)) return looksRandom(text);
    if (/\s/.test(text)) return noun === "passphrase" || !/^[\p{L}\p{P}\s]+$/u.test(text);
    if (noun === "token" && text.length < 6) return false;
    return !(names && noun === "secret" && isObjectName(text));
}

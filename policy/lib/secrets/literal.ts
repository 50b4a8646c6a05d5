// Whether the value under a secret's key is the secret itself, in place of a reference to it, a setting or nothing.
import { looksRandom } from "./entropy";
import type { SecretNoun } from "./key";

/** Longer text is a file. */
const maxLength = 8192;

const nothing = new Set(
    (
        "true false yes no on off null nil none undefined ~ n/a na auto required optional enabled disabled string integer boolean object array " +
        "include omit same-origin redacted [redacted] <redacted> [secret] (sensitive)"
    ).split(" "),
);

/** A variable, a template or a mask in the text: what is there is not the secret. */
const placeholder = new RegExp(
    [
        "[$#%@]\\{|\\$\\(|\\{\\{|^\\[\\[|<%|<<\\w+>>|%\\w+%|%env\\([^()]*\\)%|%\\(\\w+\\)s|@@\\w+@@|^\\(\\([^()]*\\)\\)$|(?:\\.{3}|…)$",
        // `$NAME`, and `$secret:key`, `$dex.github.clientSecret` of Argo CD.
        "^\\$[a-z_][\\w.:/-]*$|^@[\\w.]+@$|^@(?:[\\w.~-]*/[\\w./~-]*|[\\w-]+\\.[a-z]{2,8})$|^__\\w+__$|^<[^<>]*>$|^\\{\\w+\\}$",
        "^([a-z*•.#?_-])\\1*$|^[\"'`\\\\]+$",
        "^(?:var|local|module|secrets|vars|inputs|params|values|github|steps|args)\\.[\\w.-]+$",
    ].join("|"),
    "i",
);
/** What is to be put in place of it, in words: `interbroker-password-placeholder`, `your-password`, `REPLACE_ME`. */
export const placeholderWord =
    /(?<![a-z])(?:placeholders?|replace(?:me|d)?|redacted|masked|insert|todo|fixme|tbd|your(?:password|secret|token|key)?)(?![a-z])/i;
/** `${DB_PASSWORD:default}` and `${DB_PASSWORD:-default}`: here the secret is in the placeholder; not in `${file:/creds:password}`. */
const withDefault =
    /^\$\{(?:env:)?(?!(?:env|file|dir|directory|secrets?|vault|config\w*|sys|ssm|sm|kv|k8s|aws\w*|gcp\w*|azure\w*):)[\w.]+:-?([^${}?+][^${}]*)\}$/;

/** References to secret stores, encrypted values and password hashes. */
const elsewhere = new RegExp(
    [
        "^(?:>>)?(?:vault|op|arn|secretsmanager|ssm|awssm|awskms|gcpsm|gcpkms|azkv|akv|keyvault|file|exec|env|secret|secretref|k8s|kubernetes|sm|bao|gcp|azure|aws|" +
            "doppler|infisical|keeper|bws|conjur|summon):",
        "^[\\w.-]+(?:/[\\w.-]+)+#[\\w.-]+$", // a path and a key, as of Vault
        "^ref\\+",
        "@azurekeyvault(?:\\?\\w+)?$",
        "^projects/[^/]+/secrets/",
        "^(?:env|process\\.env|os\\.environ|os\\.getenv|System\\.getenv|ENV)[.([]",
        "^\\{cipher\\}|^ENC[([]|^\\$ANSIBLE_VAULT|^@Microsoft\\.KeyVault|^-----BEGIN (?:PGP|AGE ENCRYPTED)",
        "^(?:[\\w.@-]+:)?\\$(?:2[abxy]?|5|6|7|y|apr1|argon2\\w*|scrypt|pbkdf2\\S*)\\$|^(?:[\\w.@-]+:)?\\{(?:S?SHA\\d*|bcrypt|noop|pbkdf2|scrypt|argon2|CRYPT)\\}|^SCRAM-SHA|^md5[0-9a-f]{32}$",
    ].join("|"),
    "i",
);

const url = /^[a-z][a-z0-9+.-]*:\/\//i;
const path = /^(?:~|\.{1,2})?\/[\w.@~-]*(?:\/[\w.@~-]*)*$|^[A-Za-z]:\\/;
const fileName =
    /^[\w.-]+\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|conf|cfg|env|ini|xml|properties|token|secret|keytab|gpg|asc)$/i;
/** Function calls and indexing, as in a script's code. */
const code = /^[A-Za-z_][\w.]*[([]/;

/** A pattern that finds a value in a text, as in a script: `password="([^"]+)"`. */
const pattern = /^\(+\[\^?|\\[dwsS][+*{]/;

const unquoted = (text: string) => /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;

/** The name of a Kubernetes object, with its namespace or without. Text that mixes letters and digits like a key is none. */
export const isObjectName = (text: string): boolean =>
    text.length <= 253 &&
    /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)?$/.test(text) &&
    !text.split(/[-./]/).some((part) => part.length >= 12 && (part.match(/[a-z]\d|\d[a-z]/g) ?? []).length >= 4);

/** When a secret was made, or ends. */
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Words that hyphens part, as in names: `my-db-secret`, `etcd-cluster-1`. */
const isWords = (text: string): boolean =>
    text.length <= 253 && /[-./]/.test(text) && /^[a-z]+(?:[-./][a-z]+|[-./]?\d{1,3}(?=[-./]|$))+$/.test(text);

/** The path of a secret in a store: `prod/MyApp/db-1`. */
const storePath = /^[A-Za-z][A-Za-z_.-]*\d{0,3}(?:\/[A-Za-z][A-Za-z_.-]*\d{0,3})+$/;

/** What a program that wants a key is given where it needs none. */
const unneeded = /^(?:empty|dummy|fake|unused|unset|(?:sk-)?no(?:t|-key)?-(?:needed|required|used|set))$/i;

/** Words that stand in a text about a password, but in no password of words. */
const prose = new Set(
    (
        "a an the of to for in on at as is are was be been must may can should will not no and or but if with without from by this that it its my " +
        "your our their user users username login account email password passwords passwd passphrase secret token key enter please invalid wrong " +
        "incorrect required reset change changed forgot forgotten new old current confirm repeat show hide least long short weak strong set see"
    ).split(" "),
);

/** `correct horse battery staple`; not what is said of a password. */
function isPasswordOfWords(text: string): boolean {
    const words = text.split(" ");
    return (
        words.length >= 3 && words.length <= 8 && words.every((word) => /^[a-z]{3,}$/.test(word) && !prose.has(word))
    );
}

/** Whether a value under a key of that kind is a secret in plain. `names`: a `secret` may be the name of a Secret here. */
export function isLiteralSecret(value: string, noun: SecretNoun, names = false): boolean {
    const text = unquoted(value.trim()).trim();
    if (text === "" || text.length > maxLength || nothing.has(text.toLowerCase())) return false;
    const fallback = withDefault.exec(text)?.[1];
    if (fallback !== undefined) return isLiteralSecret(fallback, noun, names);
    if (placeholder.test(text) || placeholderWord.test(text) || elsewhere.test(text)) return false;
    if (code.test(text) || pattern.test(text)) return false;
    if (/^[[{&*!|>=]/.test(text) && !/^[&*!|>=]\S{7,}/.test(text)) return false;
    if (/^-?\d+(?:\.\d+)?(?:[a-z]{1,2})?$/i.test(text)) return noun === "password" && /^\d{4,}$/.test(text);
    if (url.test(text) || fileName.test(text) || time.test(text)) return false;
    if (path.test(text)) return looksRandom(text);
    if (/\s/.test(text))
        return (
            noun === "passphrase" ||
            !/^[\p{L}\p{P}\s]+$/u.test(text) ||
            (noun === "password" && isPasswordOfWords(text))
        );
    if ((noun === "token" || noun === "key") && unneeded.test(text)) return false;
    if (noun === "token" && (text.length < 6 || (names && isWords(text)))) return false;
    if (noun === "secret") return !(storePath.test(text) || (names ? isObjectName(text) : isWords(text)));
    return !(noun === "shared secret" && names && isObjectName(text));
}

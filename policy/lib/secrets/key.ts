// What the name of a key says of its value: `spring.datasource.password` holds a secret, `passwordMinLength` and `tokenUrl` do not.

/**
 * `passphrase` may hold words, a `token` is never a number, and a `secret` or `secretKey` may be a name in a Secret, or of one; a shared
 * secret, such as `clientSecret`, seldom is.
 */
export type SecretNoun = "password" | "passphrase" | "token" | "secret" | "shared secret" | "key";

/** A longer name is told by its end. */
const maxName = 256;

/** The words of a name in camelCase, snake_case, kebab-case or with dots, in lower case. */
export const wordsOf = (name: string): string[] =>
    (name.slice(-maxName).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());

/** Words at the end that leave what comes before them a secret: `passwordBase64`, `token.txt`. */
const transparent = new Set([
    "value",
    "literal",
    "plain",
    "plaintext",
    "text",
    "raw",
    "base64",
    "b64",
    "string",
    "data",
    "txt",
]);

const nouns: Record<string, SecretNoun> = {
    password: "password",
    passwd: "password",
    pwd: "password",
    pass: "password",
    psk: "password",
    passcode: "password",
    requirepass: "password",
    bindpw: "password",
    rootpw: "password",
    masterauth: "password",
    passphrase: "passphrase",
    token: "token",
    jwt: "token",
    secret: "secret",
    credential: "secret",
    creds: "secret",
    apikey: "key",
};

/** Written as one word: `PGPASSWORD`, `clientsecret`. */
const endings: [RegExp, SecretNoun][] = [
    [/(?:password|passwd)$|^(?:ssh|db|mysql|redis|smtp|ftp|ldap|root|admin|store|key)pass$/, "password"],
    [/passphrase$/, "passphrase"],
    [/(?:auth|access|refresh|bearer|api|id|bot|admin|root|session|user)token$/, "token"],
    [/(?:client|app|api|jwt|shared|cookie|session|webhook|consumer|hmac|auth)secret$/, "shared secret"],
    [/(?:api|secret|private|secretaccess|encryption|signing|master)key$/, "key"],
];

/** `apiKey` is a secret, `primaryKey` and `publicKey` are none; an `accessKey` is often an id, which is none. */
const keyKinds = new Set(
    (
        "api private encryption decryption signing signature master account shared auth authentication session hmac service " +
        "license licence app application webhook subscription cipher crypto aes jwt cookie deploy consumer integration ingest " +
        "rndc tsig preshared"
    ).split(" "),
);

/** `clientSecret`: a secret that two parties share, not the name of one. */
const shared = new Set("client app api jwt shared cookie session webhook consumer hmac auth oauth".split(" "));

/** `clientSecretHash`, `checksum/secret`: what was made of a secret. */
const derived = new Set(
    "hash hashed checksum digest sha md fingerprint encrypted sealed bcrypt scrypt public revision".split(" "),
);

/** `existingSecret`, `imagePullSecret` and `nextToken` are names of secrets, or no secrets at all. */
const before: Partial<Record<SecretNoun, Set<string>>> = {
    secret: new Set("existing pull tls ssl ca cert certificate certificates has use create no".split(" ")),
    token: new Set(
        "next page continue continuation pad eos bos unk stop special mask sep cls end start max min num no cancel has use".split(
            " ",
        ),
    ),
    password: new Set("proxy fastcgi uwsgi scgi grpc memcached no has use reset forgot change update".split(" ")),
};

const singular = (word: string) => (word.endsWith("s") && word.slice(0, -1) in nouns ? word.slice(0, -1) : word);

function nounAt(words: string[]): SecretNoun | undefined {
    const last = singular(words.at(-1) ?? "");
    const previous = words.at(-2) ?? "";
    if (last === "key" || last === "keys") {
        if (previous === "secret") return "secret";
        if (keyKinds.has(previous)) return "key";
        return previous === "access" && ["secret", "shared"].includes(words.at(-3) ?? "") ? "key" : undefined;
    }
    const three = words.slice(-3).join(" ");
    // The name of a cluster of etcd.
    if (three === "initial cluster token") return undefined;
    // Of Rails: as many hexadecimal digits as a hash has.
    if (three === "secret key base") return "key";
    if (last === "auth") return previous === "rediscli" ? "password" : undefined;
    if (last === "secret" && shared.has(previous)) return "shared secret";
    const noun = Object.hasOwn(nouns, last) ? nouns[last] : endings.find(([ending]) => ending.test(last))?.[1];
    return noun && before[noun]?.has(previous) ? undefined : noun;
}

/** The kind of secret that a name tells of; undefined when it tells of none. */
export function secretNoun(name: string): SecretNoun | undefined {
    const words = wordsOf(name.replace(/[_.-]?(?:base64|b64)$/i, ""));
    // Further away it is of something else: `encryptedSavedObjects.encryptionKey`.
    if (words.slice(-4).some((word) => derived.has(word))) return undefined;
    for (let end = words.length; end > 0; end -= 1) {
        const noun = nounAt(words.slice(0, end));
        if (noun) return noun;
        const last = words[end - 1]!;
        if (!transparent.has(last) && !/^\d+$/.test(last)) return undefined;
    }
    return undefined;
}

const open = new Set(
    (
        "id ids uid uids uuid hash hashes checksum checksums digest digests sha md commit revision rev fingerprint " +
        "fingerprints thumbprint etag version versions image images tag certificate certificates cert certs crt ca bundle chain public pub " +
        "publishable site signature sig integrity nonce name names url urls uri arn arns path file files dir bucket host endpoint " +
        "subject issuer audience kid cursor email user username trace span"
    ).split(" "),
);

/** Whether a name tells that random text under it is no secret: a hash, an id, a certificate, a name. */
export const isOpen = (name: string): boolean => wordsOf(name).some((word) => open.has(word));

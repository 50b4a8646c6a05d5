import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { secretNoun, wordsOf } from "../../../../../policy/lib/secrets/key";
import { keysLike, secretsIn, told } from "../../../../../policy/lib/secrets/secret-like";
import { cost } from "../../../../support/cost";

const finds = (key: string, value: string) => secretsIn(key, value).length > 0;
const spellings: ((words: string[]) => string)[] = [
    (words) => words.join("_"),
    (words) => words.join("-"),
    (words) => words.join("."),
    (words) => words.join("_").toUpperCase(),
    (words) => words.map((word, index) => (index ? word[0]!.toUpperCase() + word.slice(1) : word)).join(""),
    (words) => words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(""),
];
const named = (names: string[]) =>
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...spellings)).map(([name, spell]) => spell(name.split(" ")));

const secretNames = [
    "password",
    "db password",
    "spring datasource password",
    "passwd",
    "user pwd",
    "smtp pass",
    "token",
    "github token",
    "api key",
    "aws secret access key",
    "secret",
    "client secret",
    "jwt secret",
    "private key",
    "ssl key passphrase",
    "aws credentials",
    "encryption key",
    "password base64",
];
const otherNames = [
    "secret name",
    "token expiry seconds",
    "password min length",
    "token url",
    "password file",
    "existing secret",
    "image pull secret",
    "secret key ref",
    "public key",
    "primary key",
    "access key id",
    "api key default expiry",
    "next token",
    "max tokens",
    "password hash",
    "checksum secret",
    "encrypted password",
    "bypass",
    "compass",
    "keyboard",
    "secretary",
    "passenger",
    "credentials provider",
    "jwt expiration",
    "database secret name",
];

describe("the name of a key", () => {
    it("is split into its words however it is written", () => {
        assert.deepEqual(wordsOf("awsSecretAccessKeyID2"), ["aws", "secret", "access", "key", "id", "2"]);
        assert.deepEqual(wordsOf("APIKey"), ["api", "key"]);
        assert.deepEqual(wordsOf("spring.data_source-URL"), ["spring", "data", "source", "url"]);
    });

    it("tells of a secret", () => {
        fc.assert(fc.property(named(secretNames), (name) => secretNoun(name) !== undefined));
        for (const name of [
            "PGPASSWORD",
            "clientsecret",
            "APIKEY",
            "dbpassword1",
            "requirepass",
            "authtoken",
            "DBPASS",
            "storepass",
        ])
            assert.ok(secretNoun(name), name);
        assert.ok(secretNoun("xpack.encryptedSavedObjects.encryptionKey"));
    });

    it("tells of something else", () => {
        fc.assert(fc.property(named(otherNames), (name) => secretNoun(name) === undefined));
    });
});

describe("secretsIn", () => {
    it("finds a literal under a secret's key, in any format", () => {
        const literal = fc
            .stringMatching(/^[a-z]{3,8}[A-Z!_][0-9]{2,6}[a-z]$/)
            // Such a word says that there is none yet.
            .filter((text) => !/^(?:tbd|todo|fixme|your|insert|masked)[!_]/.test(text));
        const formats: ((key: string, value: string) => string)[] = [
            (key, value) => `${key}: ${value}\n`,
            (key, value) => `a:\n  b:\n    ${key}: "${value}"   # comment\n`,
            (key, value) => `- ${key}: '${value}'`,
            (key, value) => `a: {x: 1, ${key}: ${value}, y: 2}`,
            (key, value) => `# comment\n${key}=${value}\nother=1\n`,
            (key, value) => `export ${key}="${value}"`,
            (key, value) => `[section]\n${key} = ${value}`,
            (key, value) => JSON.stringify({ a: [{ [key]: value }] }),
            (key, value) => JSON.stringify({ env: [{ name: key, value }] }, undefined, 2),
            (key, value) => `env:\n  - name: ${key}\n    value: ${value}\n`,
            (key, value) => `<a><${key}>${value}</${key}></a>`,
            (key, value) => `<property name="${key}" value="${value}"/>`,
            (key, value) => `java -D${key}=${value} -jar app.jar`,
            (key, value) => `server --${key}=${value} --port=1`,
            (key, value) => `jdbc:postgresql://db/app?${key}=${value}&ssl=true`,
            (key, value) => `host=db ${key}=${value} user=x`,
            (key, value) => `${key}: |\n  ${value}\n`,
            (key, value) => Buffer.from(`user: app\n${key}: ${value}\n`).toString("base64"),
        ];
        fc.assert(
            fc.property(named(secretNames), literal, fc.constantFrom(...formats), (key, value, format) => {
                const text = format(key, value);
                assert.ok(finds("file", text), text);
                assert.ok(finds(key, value), key);
                assert.ok(!told(secretsIn("file", text)).includes(value), "the message shows the value");
            }),
            { numRuns: 1000 },
        );
    });

    it("takes no reference, setting or absent value for a secret", () => {
        const references = [
            "",
            '""',
            "${DB_PASSWORD}",
            "$(DB_PASSWORD)",
            "$DB_PASSWORD",
            "{{ .Values.password }}",
            "prefix-${PASSWORD}",
            "${DB_PASSWORD:}",
            "<your password>",
            "%PASSWORD%",
            "true",
            "false",
            "null",
            "~",
            "********",
            "xxxxx",
            "/run/secrets/password",
            "file:/etc/password",
            "tls.key",
            "https://auth.example.com/token",
            "vault:secret/data/app#password",
            "ref+awsssm://app/password",
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app",
            "ENC(abcdef0123)",
            "{cipher}abcdef0123",
            "$2a$10$abcdefghijklmnopqrstuv",
            "{bcrypt}$2a$10$abcdefghijklmnopqrstuv",
            "[REDACTED]",
            "os.environ['X']",
            "get_password()",
            '([^"]+)',
            "(\\S+)",
        ];
        fc.assert(
            fc.property(named(secretNames), fc.constantFrom(...references), (key, value) => {
                assert.ok(!finds(key, value), `${key}: ${value}`);
                assert.ok(!finds("file", `a: 1\n${key}: ${value}\n`), `${key}: ${value} in YAML`);
                assert.ok(!finds("file", `a=1\n${key}=${value}\n`), `${key}=${value} in properties`);
            }),
            { numRuns: 1000 },
        );
    });

    it("takes nothing under another key for a secret", () => {
        const values = [
            "30s",
            "3600",
            "app-secret",
            "https://example.com/a",
            "SELECT 1",
            "eu-central-1",
            "/etc/app",
            "RS256",
        ];
        fc.assert(
            fc.property(named(otherNames), fc.constantFrom(...values), (key, value) => {
                assert.ok(!finds(key, value), `${key}: ${value}`);
                assert.ok(!finds("file", `${key}: ${value}\n`), `${key}: ${value}`);
            }),
        );
    });

    it("finds the password that is the default of a variable", () => {
        for (const value of ["${DB_PASSWORD:hunter2}", "${DB_PASSWORD:-hunter2}"])
            assert.ok(finds("password", value), value);
        assert.ok(!finds("password", "${DB_PASSWORD:?must be set}"));
    });

    it("takes no hash, id, certificate, address or version for a secret", () => {
        const sha = createHash("sha256").update("x");
        const hex = sha.copy().digest("hex");
        const base64 = sha.digest("base64");
        for (const [key, value] of [
            ["checksum/config", hex],
            ["digest", `sha256:${hex}`],
            ["integrity", `sha512-${createHash("sha512").update("x").digest("base64")}`],
            ["checksum", base64],
            ["app.lock", `"app": {"version": "1.0.0", "integrity": "sha256-${base64}"}`],
            ["commit", hex.slice(0, 40)],
            ["id", randomUUID()],
            ["accessKeyId", `AKIA${"ABCD2345".repeat(2)}`],
            ["role", "arn:aws:iam::123456789012:role/AppRole"],
            ["caBundle", `LS0tLS1CRUdJTi${base64}`],
            ["authorized_keys", `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${base64.slice(0, 40)} app@example.com`],
            ["image", `registry.example.com/app:1.0@sha256:${hex}`],
            ["resourceVersion", "446123"],
            ["bucket", "justdb-backups-eccda75"],
            ["url", "jdbc:postgresql://justdb-postgres:5432/justdb?sslmode=require"],
            ["clone", "git@github.com:team/app.git"],
            ["status", `docker-pullable://nginx:latest@sha256:${hex}`],
            ["text", Buffer.from("The quick brown fox jumps over the lazy dog").toString("base64")],
            ["rules.yml", 'expr: sum(rate(kube_secret_info{secret="web-tls", token="abcdef"}[5m])) by (secret)'],
            ["nginx.conf", "location / {\n  proxy_pass http://app:8080;\n  proxy_set_header X-Token $http_x_token;\n}"],
            ["run.sh", 'export PASSWORD="$(cat /run/secrets/pw)"\nif [ "$PASSWORD" = "" ]; then exit 1; fi\n'],
            ["schema.json", '{"properties":{"password":{"type":"string"},"token":{"type":"string","minLength":32}}}'],
            [
                "app.yml",
                "security:\n  oauth2:\n    token-uri: https://x/y\n    token-validity: 3600\n  password-encoder: bcrypt\n",
            ],
        ] as const)
            assert.deepEqual(secretsIn(key, value), [], key);
    });

    it("takes no time for a secret, such as that at which one was made", () => {
        for (const time of ["2026-01-11T02:15:00Z", "2026-01-11T02:15:00.123+01:00"]) {
            assert.deepEqual(
                secretsIn("CREDENTIALS", JSON.stringify({ "jwt-secret": time, "redis-password": time })),
                [],
            );
        }
        assert.ok(finds("jwt-secret", "2026-01-11T02:15:00Zx7Rq"));
    });

    it("reads only what is quoted as a literal in code", () => {
        const script = 'const token = getToken();\nlet password = input.password\nconst apiKey = "hunter2hunter2"\n';
        assert.deepEqual(
            secretsIn("app.js", script, { code: true }).map(({ key }) => key),
            ["apiKey"],
        );
    });

    it("leaves out what the configuration names", () => {
        const notSecret = keysLike(["csrfToken", "*_PASSWORD"]);
        assert.deepEqual(secretsIn("csrfToken", "hunter2hunter2", { notSecret }), []);
        assert.deepEqual(secretsIn("a", "DB_PASSWORD=hunter2", { notSecret }), []);
        assert.equal(secretsIn("a", "DB_TOKEN=hunter2hunter2", { notSecret }).length, 1);
    });

    it("takes the name of a Secret for one where names are usual", () => {
        for (const value of ["web-tls", "team/app", "app-secret"])
            assert.deepEqual(secretsIn("auth-secret", value, { names: true }), [], value);
        assert.equal(secretsIn("auth-secret", "8f3k2l9d0s8f7g6h5j4k", { names: true }).length, 1);
        assert.equal(secretsIn("password", "web-tls", { names: true }).length, 1);
    });

    it("tells how many there are, and no value", () => {
        assert.equal(
            told(secretsIn("a", "password=hunter2\ntoken=hunter2hunter2")),
            "2 secrets, the first a literal under a key that names a password (password)",
        );
    });

    it("takes little time for long lines", () => {
        const units = ["Ab1-_Cd2", "a:", "{ ", " - ", '="', "<a ", "password", "://a:", '{"a":b,', "a=b ", " #"];
        assert.ok(cost(() => units.map((unit) => secretsIn("x", unit.repeat(20_000)))) < 5000);
    });
});

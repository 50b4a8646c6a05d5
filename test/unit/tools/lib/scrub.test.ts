import assert from "node:assert/strict";
import * as querystring from "node:querystring";
import { inTexts, scrubber, withoutLookalikes } from "../../../../tools/lib/scrub";
import { dump } from "js-yaml";
import fc from "fast-check";

const secrets = fc
    .string({ minLength: 8, maxLength: 60, unit: "grapheme" })
    .filter((text) => text.trim() === text && !"[secret]".includes(text));
const surroundings = fc.string({ maxLength: 12, unit: "grapheme-ascii" });

/** As programs write a text into another one. */
const encodings: Record<string, (text: string) => string> = {
    plain: (text) => text,
    JSON: (text) => JSON.stringify({ text }),
    "JSON in JSON": (text) => JSON.stringify({ annotation: JSON.stringify({ text }) }),
    "JSON of ASCII alone": (text) =>
        JSON.stringify(text).replace(
            /[\u0080-\uffff]/g,
            (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
        ),
    YAML: (text) => dump({ text }, { lineWidth: -1 }),
    URL: (text) => `https://host/path?key=${encodeURIComponent(text)}`,
    form: (text) => new URLSearchParams({ text }).toString(),
    "query string": (text) => querystring.stringify({ text }),
    hex: (text) => Buffer.from(text).toString("hex"),
    HEX: (text) => Buffer.from(text).toString("hex").toUpperCase(),
};

describe("a text without its secrets", () => {
    for (const [name, encode] of Object.entries(encodings)) {
        it(`has none in ${name}`, () => {
            fc.assert(
                fc.property(secrets, surroundings, surroundings, (secret, before, after) => {
                    const clean = scrubber([secret])(`${before} ${encode(secret)} ${after}`);
                    assert.ok(clean.includes("[secret]"));
                    assert.ok(!clean.includes(encode(secret)));
                }),
            );
        });
    }

    for (const encoding of ["base64", "base64url"] as const) {
        it(`has none in ${encoding} of a longer text, at whatever place, and no part of one`, () => {
            fc.assert(
                fc.property(secrets, surroundings, surroundings, (secret, before, after) => {
                    const text = before + secret + after;
                    // The texts around it may be the secret themselves.
                    fc.pre(text.indexOf(secret) === text.lastIndexOf(secret));
                    const clean = scrubber([secret])(Buffer.from(text).toString(encoding));
                    const [first, last = "", ...more] = clean.split("[secret]") as [string];
                    assert.deepEqual(more, []);
                    // What is left is of the texts around it: whole characters of base64 have no bit of the secret.
                    assert.ok(first.length * 6 <= Buffer.byteLength(before) * 8);
                    assert.ok(last.replace(/=+$/, "").length * 6 <= Math.ceil((Buffer.byteLength(after) * 8) / 6) * 6);
                    assert.ok(clean.includes("[secret]"));
                }),
            );
        });
    }

    it("has none in YAML that escapes what JSON does not", () => {
        const secret = "hunter2\0\x07\v\x1b\x7f\x85\xa0\u2028\u2029\ufeff";
        const clean = scrubber([secret]);
        assert.equal(clean(encodings.YAML!(secret)), 'text: "[secret]"\n');
        const byGo = String.raw`hunter2\0\a\v\e\x7F\N${"\xa0"}\L\P\uFEFF`;
        assert.equal(clean(`text: "${byGo}"`), 'text: "[secret]"');
    });

    it("has the longest replaced first, so that nothing of it is left", () => {
        assert.equal(scrubber(["long-secret", "long-secret-and-tail"])("long-secret-and-tail"), "[secret]");
    });

    it("is otherwise as it was", () => {
        fc.assert(fc.property(surroundings, (text) => assert.equal(scrubber(["no-such-secret-anywhere"])(text), text)));
    });

    it("may stand deep in a value", () => {
        const dirty = { errors: ["invalid: first-secret!"], deep: [{ message: "first-secret" }], count: 3, none: null };
        assert.deepEqual(inTexts(dirty, scrubber(["first-secret"])), {
            errors: ["invalid: [secret]!"],
            deep: [{ message: "[secret]" }],
            count: 3,
            none: null,
        });
    });
});

describe("what looks like a secret", () => {
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcGVyYXRvciJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    const replaced: [string, string][] = [
        [`authorization: Bearer ${jwt}`, "authorization: Bearer [secret]"],
        ["Authorization: Basic dXNlcjpwYXNzd29yZA==", "Authorization: Basic [secret]"],
        ["jdbc:postgresql://app:hunter2@db:5432/justdb", "jdbc:postgresql://app:[secret]@db:5432/justdb"],
        ["redis://:hunter2@redis:6379", "redis://:[secret]@redis:6379"],
        ["key AKIAIOSFODNN7EXAMPLE is not active", "key [secret] is not active"],
        ["GET /x?X-Amz-Signature=abcdef012345&a=1", "GET /x?X-Amz-Signature=[secret]&a=1"],
        ["password=hunter2", "password=[secret]"],
        ['{"password":"hunter2","user":"app"}', '{"password":"[secret]","user":"app"}'],
        ["DB_PASSWORD: hunter2", "DB_PASSWORD: [secret]"],
        ["ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:abc=$def:ghi'", "ALTER ROLE app PASSWORD '[secret]'"],
        ["token pul-0123456789abcdef0123456789abcdef01234567", "token [secret]"],
        ["-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----", "[secret]"],
    ];
    for (const [text, clean] of replaced)
        it(`is replaced: ${clean}`, () => assert.equal(withoutLookalikes(text), clean));

    it("is not what is known to be none", () => {
        assert.equal(
            withoutLookalikes("serverTLSSecret: own, token: other", ["own"]),
            "serverTLSSecret: own, token: [secret]",
        );
    });

    const kept = [
        "couldn't find key db-password in Secret justdb-cloud/justdb-secrets",
        "automountServiceAccountToken: false",
        'password: "${DB_PASSWORD}"',
        "secretName: justdb-secrets",
        "random:index/randomPassword:RandomPassword",
        "justdb-cloud:postgresExistingSecret: my-database",
        "superuserSecret:\n    name: justdb-superuser",
        'FATAL: password authentication failed for user "justdb"',
        "http://prometheus.monitoring.svc:9090/api/v1/alerts",
        "image: registry.example.com/justdb/cloud@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ];
    for (const text of kept) it(`is not: ${text}`, () => assert.equal(withoutLookalikes(text), text));
});

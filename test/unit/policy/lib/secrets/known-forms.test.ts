// Secrets that are known by their form, by what they are beside, or by the name of their own.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { secretsIn } from "../../../../../policy/lib/secrets/secret-like";

const finds = (key: string, value: string) => secretsIn(key, value).length > 0;

describe("secretsIn, of a known form", () => {
    it("finds secrets of known forms", () => {
        const part = "Ab1Cd2Ef3Gh4";
        const filler = (length: number) => part.repeat(20).slice(0, length);
        for (const text of [
            `ghp_${filler(36)}`,
            `github_pat_${filler(82)}`,
            `glpat-${filler(20)}`,
            `xoxb-${filler(24)}`,
            `https://hooks.slack.com/services/T00000000/B00000000/${filler(24)}`,
            `sk_live_${filler(24)}`,
            `AIza${filler(35)}`,
            `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0${filler(4)}.${filler(43)}`,
            `npm_${filler(36)}`,
            `hvs.${filler(24)}`,
            `s.${filler(24)}`,
            `pat${filler(14)}.${"0a1b2c3d".repeat(8)}`,
            `pat.${filler(22)}.${filler(24)}.${filler(20)}`,
            `ATATT3${filler(186)}`,
            `EAAM${filler(100)}`,
            `FLWSECK_TEST-${"a1b2c3d4".repeat(4)}-X`,
            `tskey-auth-${filler(12)}-${filler(24)}`,
            `squ_${"a1b2c3d4".repeat(5)}`,
            `https://discord.com/api/webhooks/123456789012345678/${filler(68)}`,
            `https://api.telegram.org/bot123456789:AA${filler(33)}/sendMessage`,
            "app:hunter2@tcp(db:3306)/app",
            "postgres://app:hunter2@db:5432/app",
            "amqp://:hunter2@mq",
            "CREATE ROLE app LOGIN PASSWORD 'hunter2'",
            "Authorization: Bearer abcdef0123456789",
            `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${filler(86)}==;EndpointSuffix=x`,
            `{"auths":{"x":{"auth":"${Buffer.from("app:hunter2").toString("base64")}"}}}`,
            `[default]\naws_access_key_id = AKIA${"ABCD2345".repeat(2)}\nx = ${filler(40)}\n`,
        ])
            assert.ok(finds("value", text), text);
    });

    it("finds private keys in every wrapping, and no public one", () => {
        const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
        const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
        assert.ok(finds("app.conf", pem));
        assert.ok(finds("app.json", JSON.stringify({ key: pem })));
        assert.ok(finds("app.txt", Buffer.from(pem).toString("base64")));
        assert.ok(finds("kubeconfig", `user:\n  client-key-data: ${Buffer.from(pem).toString("base64")}\n`));
        assert.ok(finds("app.der", privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")));
        const open = publicKey.export({ type: "spki", format: "pem" }).toString();
        assert.ok(!finds("app.conf", open));
        assert.ok(!finds("app.txt", Buffer.from(open).toString("base64")));
        assert.ok(!finds("app.der", publicKey.export({ type: "spki", format: "der" }).toString("base64")));
        assert.ok(!finds("app.pem", open.replaceAll("PUBLIC KEY", "CERTIFICATE")));
    });

    it("finds a user with a password under the name of an authentication", () => {
        for (const [key, value] of [
            ["BASIC_AUTH", "admin:hunter2"],
            ["FLOWER_BASIC_AUTH", "a:hunter2,b:hunter3"],
            ["NEO4J_AUTH", "neo4j/hunter2"],
        ] as const)
            assert.ok(finds(key, value), key);
        for (const [key, value] of [
            ["BASIC_AUTH", "enabled"],
            ["BASIC_AUTH", "${USER}:${PASSWORD}"],
            ["BASIC_AUTH_FILE", "/etc/htpasswd"],
            ["NEO4J_AUTH", "none"],
            ["AUTH", "keycloak:8080"],
        ] as const)
            assert.ok(!finds(key, value), key);
    });

    it("finds the key of Rails, which has the length of a hash", () => {
        const key = createHash("sha512").update("x").digest("hex");
        assert.ok(finds("SECRET_KEY_BASE", key));
        assert.ok(finds("secrets.yml", `production:\n  secret_key_base: ${key}\n`));
        assert.ok(!finds("CONFIG_CHECKSUM", key));
    });
});

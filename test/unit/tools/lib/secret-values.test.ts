import assert from "node:assert/strict";
import { secretMark, secretsIn, secretsInObjects, signature, withoutOpen } from "../../../../tools/lib/secret-values";

const secret = (value: unknown) => ({ [signature]: secretMark, plaintext: JSON.stringify(value) });
const base64 = (text: string) => Buffer.from(text).toString("base64");

const deployment = {
    resources: [
        {
            urn: "urn:pulumi:prod::justdb-cloud::a:b:C::public-name",
            inputs: {
                data: secret({
                    password: base64("first-secret"),
                    "redis.conf": base64("port 1\nrequirepass second-secret"),
                }),
            },
            outputs: {
                result: secret("third-secret"),
                name: secret("public-name"),
                short: secret("short"),
                count: secret(7),
            },
        },
    ],
};
const config = {
    "a:password": { value: "fourth-secret", secret: true },
    "a:object": { value: '{"deep":"fifth-secret"}', secret: true },
    "a:plain": { value: "no-secret-at-all" },
};

describe("the secrets of a stack", () => {
    const secrets = secretsIn(deployment, config);

    for (const text of ["first-secret", "requirepass second-secret", "third-secret", "fourth-secret", "fifth-secret"]) {
        it(`are found: ${text}`, () => assert.ok(secrets.includes(text)));
    }

    for (const text of ["public-name", "short", "no-secret-at-all"]) {
        it(`are not: ${text}`, () => assert.ok(!secrets.includes(text)));
    }
});

describe("the secrets of Secrets", () => {
    const of = (data: Record<string, string>) =>
        secretsInObjects([
            {
                metadata: { name: "one" },
                data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
            },
        ]);

    it("are found whole, line by line, and within JSON", () => {
        const login = { auths: { "registry.example.com": { password: "pulled-secret", auth: base64("robot:other") } } };
        const { values } = of({
            seal: "first-secret",
            "redis.conf": "port 1\nrequirepass second-secret",
            ".dockerconfigjson": JSON.stringify(login),
        });
        for (const text of ["first-secret", "requirepass second-secret", "pulled-secret", "robot:other"])
            assert.ok(values.includes(text), text);
    });

    it("are taken as Kubernetes shows them where they are no text", () => {
        const data = { keystore: Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 4, 5, 6]).toString("base64") };
        assert.deepEqual(secretsInObjects([{ metadata: { name: "one" }, data }]).values, [data.keystore]);
    });

    it("are no names that have to be read", () => {
        const { values, open } = of({ username: "justdb-user", host: "justdb-db-rw" });
        assert.deepEqual(values, []);
        assert.deepEqual(open, ["one", "justdb-user", "justdb-db-rw"]);
        assert.deepEqual(of({ username: "the-same", password: "the-same" }).open, ["one"]);
    });

    it("may be shorter where the key says that it is a password", () => {
        assert.deepEqual(of({ password: "12ab" }).values, ["12ab"]);
    });

    it("are told by their keys where they are too short to be told from words", () => {
        const { values, tooShort } = of({ mode: "true", password: "abc", empty: "" });
        assert.deepEqual(values, []);
        assert.deepEqual(tooShort, ["one/mode", "one/password"]);
    });

    it("are not those that may be read, in plain or as a state has them", () => {
        const user = "justdb-user";
        assert.deepEqual(withoutOpen([user, base64(user), "a-password"], [user]), ["a-password"]);
    });
});

import assert from "node:assert/strict";
import { scrubbed, secretsIn } from "../../../ci/scrub";

const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({
    [signature]: "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
});
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
const secrets = secretsIn(deployment, config);

describe("the secrets of a stack", () => {
    for (const text of ["first-secret", "requirepass second-secret", "third-secret", "fourth-secret", "fifth-secret"]) {
        it(`are found: ${text}`, () => assert.ok(secrets.includes(text)));
    }

    for (const text of ["public-name", "short", "no-secret-at-all"]) {
        it(`are not: ${text}`, () => assert.ok(!secrets.includes(text)));
    }
});

describe("a scrubbed report", () => {
    it("has no secret in any text, however deep and in whatever spelling", () => {
        const tricky = 'quote"and space';
        const dirty = {
            errors: ["invalid: first-secret!", `encoded ${base64("third-secret")}`],
            deep: [{ message: `url ${encodeURIComponent(tricky)} json ${JSON.stringify(tricky)}` }],
            count: 3,
        };
        assert.deepEqual(scrubbed(dirty, [...secrets, tricky]), {
            errors: ["invalid: [secret]!", "encoded [secret]"],
            deep: [{ message: 'url [secret] json "[secret]"' }],
            count: 3,
        });
    });

    it("takes the longest first, so that nothing of it is left", () => {
        assert.equal(scrubbed("long-secret-and-tail", ["long-secret", "long-secret-and-tail"]), "[secret]");
    });
});

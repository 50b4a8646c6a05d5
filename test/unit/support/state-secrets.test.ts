import assert from "node:assert/strict";
import { withoutSecrets } from "../../support/state-secrets";

const password = "hT4kQ9zLm2Xw8RvB7cNd";
const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const keyId = "LKIAQAAAAAAABCDEFGHI";
const base64 = (text: string) => Buffer.from(text).toString("base64");

const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({
    [signature]: "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
});
const valueOf = (marked: unknown) => JSON.parse((marked as { plaintext: string }).plaintext) as never;

const state = () => ({
    resources: [
        {
            urn: "password",
            type: "random:index/randomPassword:RandomPassword",
            id: "none",
            outputs: { length: 20, result: secret(password) },
        },
        { urn: "key", type: "aws:iam/accessKey:AccessKey", id: keyId, outputs: { secret: secret(secretKey) } },
        {
            urn: "secret",
            type: "kubernetes:core/v1:Secret",
            inputs: { stringData: secret({ username: "justdb", password, id: keyId, key: secretKey }) },
            outputs: {
                data: secret({ username: base64("justdb"), conf: base64(`requirepass "${password}"\n`) }),
                token: secret("something else that is secret"),
                given: secret("given-in-the-configuration"),
            },
        },
        {
            urn: "user",
            type: "kubernetes:core/v1:ConfigMap",
            outputs: { user: "justdb", key: `id ${keyId}`, none: "" },
        },
    ],
});

describe("the secrets of an exported stack", () => {
    const [made, key, cluster, map] = withoutSecrets(state(), ["given-in-the-configuration"]).resources;
    const result = valueOf((made!.outputs as { result: unknown }).result) as string;
    const { stringData } = cluster!.inputs as { stringData: unknown };
    const { data, token, given } = cluster!.outputs as { data: unknown; token: unknown; given: unknown };

    it("are gone, in every spelling", () => {
        const text = JSON.stringify(withoutSecrets(state()));
        for (const value of [password, secretKey, keyId, "something else", "given-in-the-configuration"]) {
            assert.ok(!text.includes(value), value);
            assert.ok(!text.includes(base64(value)), `${value}, encoded`);
        }
        assert.ok(!text.includes(base64(`requirepass "${password}"\n`)));
    });

    it("become placeholders of the same length, the same one wherever a value stands", () => {
        assert.match(result, /^(Secret\d\d\d)+S?/);
        assert.equal(result.length, password.length);
        const own = valueOf((key!.outputs as { secret: unknown }).secret) as string;
        assert.notEqual(own.slice(0, 20), result);
        assert.equal(key!.id!.length, keyId.length);
        assert.deepEqual(valueOf(stringData), { username: "justdb", password: result, id: key!.id, key: own });
        assert.deepEqual(valueOf(data), {
            username: base64("justdb"),
            conf: base64(`requirepass "${result}"\n`),
        });
        assert.equal((valueOf(token) as string).length, "something else that is secret".length);
    });

    it("leave alone what is none: what stands in the clear, what the configuration gives, and numbers", () => {
        assert.equal(valueOf(given), "given-in-the-configuration");
        assert.deepEqual(map!.outputs, { user: "justdb", key: `id ${key!.id}`, none: "" });
        assert.equal((made!.outputs as { length: number }).length, 20);
    });

    it("are replaced alike each time", () => {
        assert.deepEqual(withoutSecrets(state()), withoutSecrets(state()));
    });
});

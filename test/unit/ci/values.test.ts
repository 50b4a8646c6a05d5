import assert from "node:assert/strict";
import { differences, shown, steps } from "../../../ci/values";
import { blinded } from "../../support/ci-events";

const deployment = "kubernetes:apps/v1:Deployment";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the path of a property", () => {
    it("is read step by step, quoted names and indexes too", () => {
        assert.deepEqual(steps("spec.containers[0].image"), ["spec", "containers", 0, "image"]);
        assert.deepEqual(steps('spec.hard["limits.cpu"]'), ["spec", "hard", "limits.cpu"]);
        assert.deepEqual(steps('["a\\"b"].c'), ['a"b', "c"]);
        assert.deepEqual(steps("rules[*].x"), ["rules", "*", "x"]);
    });
});

describe("what may be shown of a value", () => {
    const shows: [unknown, string][] = [
        [3, "3"],
        [false, "false"],
        ["100m", "100m"],
        ["justdb/cloud:1.0.1", "justdb/cloud:1.0.1"],
        [
            "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
            "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
        ],
        [`justdb/cloud@sha256:${"0a".repeat(32)}`, `justdb/cloud@sha256:${"0a".repeat(32)}`],
        [unknown, "known after the update"],
        [blinded, "[secret]"],
        ["[secret]", "[secret]"],
    ];
    for (const [value, text] of shows) {
        it(`shows ${JSON.stringify(value)} as ${text}`, () => {
            assert.equal(shown(deployment, { spec: { field: value } }, "spec.field"), text);
        });
    }

    const hides: [string, unknown][] = [
        ["a text with spaces", "hello world"],
        ["a long text", "a-".repeat(60)],
        ["a password", "Tr0ub4dor&3"],
        ["a generated password", "h2f8Kq0ZxW3mB7nV5cL1pR9s"],
        ["an AWS key", "+yk4yv3UNOYSG4REEXAVNLkoMlmFczUZQUFkqHQT"],
        ["a base64 text of letters alone", "abcdefghij".repeat(4)],
        ["a URL with a password", "postgres://user:password@host/db"],
        ["a list", ["a"]],
        ["an object", { a: 1 }],
        ["nothing", undefined],
        ["an asset", { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" }],
    ];
    for (const [what, value] of hides) {
        it(`hides ${what}`, () => {
            assert.equal(shown(deployment, { spec: { field: value } }, "spec.field"), undefined);
        });
    }

    it("says of everything below a secret that it is one", () => {
        assert.equal(shown(deployment, { spec: blinded }, "spec.a[0].b"), "[secret]");
    });

    for (const path of [
        ...[
            "spec.containers[0].env[0].value",
            "spec.args[0]",
            'metadata.annotations["a/b"]',
            "data.plain",
            "dbPassword",
        ],
        ...["apiToken", "secretRef.name", "connectionString", "values.image", "spec.command[1]", "clientKeyData"],
    ]) {
        it(`hides whatever stands at ${path}`, () => {
            const value = steps(path).reduceRight<unknown>((below, name) => {
                return typeof name === "number" ? Array.from({ length: name + 1 }, () => below) : { [name]: below };
            }, "plain");
            assert.equal(shown(deployment, value, path), undefined);
        });
    }

    for (const type of [
        ...["kubernetes:core/v1:Secret", "kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"],
        ...[
            "random:index/randomPassword:RandomPassword",
            "aws:iam/accessKey:AccessKey",
            "kubernetes:helm.sh/v3:Release",
        ],
        ...["tls:index/privateKey:PrivateKey", "pulumi:providers:aws"],
    ]) {
        it(`hides every value of ${type}`, () => assert.equal(shown(type, { length: 3 }, "length"), undefined));
    }
});

describe("the differences of two sets of properties", () => {
    it("are the paths of what differs, however deep", () => {
        const before = { a: 1, b: { c: [1, { d: 2 }], "x.y": 1 }, gone: 1 };
        const after = { a: 1, b: { c: [1, { d: 3 }, 4], "x.y": 2 }, added: 1 };
        const paths = ["b.c[1].d", "b.c[2]", 'b["x.y"]', "gone", "added"];
        assert.deepEqual(differences(before, after), paths);
        for (const path of paths) assert.ok(steps(path).length > 0);
    });

    it("do not look into a secret", () => {
        assert.deepEqual(differences({ a: blinded }, { a: blinded }), []);
        assert.deepEqual(differences({ a: blinded }, { a: "plain" }), ["a"]);
    });

    it("are none of equal ones", () => assert.deepEqual(differences({ a: [1] }, { a: [1] }), []));
});

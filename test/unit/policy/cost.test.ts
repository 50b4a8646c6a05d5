// Whatever a state holds: no rule crashes on it, and none takes more time than its length asks for.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rule } from "../../../policy/lib/rule";
import { secretsIn } from "../../../policy/lib/secrets/secret-like";
import { rules } from "../../../policy/rules";
import { cost } from "../../support/cost";
import { type Given, judged, type Props, secret } from "../../support/policy/judge";

const types = [
    "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:Secret",
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:Namespace",
    "kubernetes:core/v1:PodList",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:batch/v1:CronJob",
    "kubernetes:networking.k8s.io/v1:Ingress",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
    "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    "kubernetes:argoproj.io/v1alpha1:Workflow",
    "kubernetes:acme.example/v1:Fleet",
    "kubernetes:helm.sh/v3:Release",
    "random:index/randomPassword:RandomPassword",
];

/** Names that lead a rule on, to where it reads values. */
const names =
    "metadata name namespace labels annotations spec template podTemplate containers initContainers env value valueFrom image command args securityContext " +
    "capabilities add drop volumes hostPath path ports data stringData rules roleRef subjects verbs resources resourceNames egress ingress from to ipBlock " +
    "cidr except selector podSelector matchLabels matchExpressions endpointSelector listeners parentRefs tls hosts type templates container steps items " +
    "result length livenessProbe httpGet httpHeaders sysctls tolerations";

const key = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names.split(" ")) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constantFrom("constructor", "toString", "valueOf") },
);
const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("password=hunter2", "\ud83d", "10.0.0.0/8", "*", "__proto__", "{}", "a".repeat(300), "é\u0000"),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        text,
        fc.constantFrom<unknown>(null, true, false, 0, -1, 1e9, secret("Xk39fLq0ZbT7mWv2Rn8Y")),
        fc.array(tie("json"), { maxLength: 4 }),
        fc.dictionary(key, tie("json"), { maxKeys: 6 }),
    ),
})); // prettier-ignore
const given = fc.record({ type: fc.constantFrom(...types), props: fc.dictionary(key, json, { maxKeys: 6 }) });

const crashes = (rule: Rule, resources: Given[]) => {
    try {
        judged(rule, resources);
        return undefined;
    } catch (error) {
        return `${rule.name}: ${error instanceof Error ? error.stack : String(error)}`;
    }
};

const size = 100_000;
/** Ten times what the slowest takes: what is quadratic takes far longer. */
const most = 5000;

describe("the rules, whatever a state holds", () => {
    it("do not crash", () => {
        fc.assert(
            fc.property(fc.array(given, { minLength: 1, maxLength: 4 }), (resources) => {
                const stack = resources.map((one, index) => ({ ...one, name: `r${index}` }));
                assert.deepEqual(rules.map((rule) => crashes(rule, stack)).filter(Boolean), []);
            }),
            { numRuns: 100 },
        );
    });

    it("do not crash on JSON that is as deep as it is long", () => {
        const deep = [["[", "]"], ['{"a":', "}"], ["[1,", "]"]].map(([open, close]) => {
            const count = Math.floor(size / (open!.length + 1));
            return `${open!.repeat(count)}1${close!.repeat(count)}`;
        }); // prettier-ignore
        for (const document of deep) {
            const asText = { type: types[0]!, props: { data: { "a.json": document } } };
            for (const rule of rules) assert.equal(crashes(rule, [asText]), undefined);
        }
        const value = { type: types[14]!, props: { spec: JSON.parse(nested(500)) as Props } };
        for (const rule of rules) assert.equal(crashes(rule, [value]), undefined);
    });

    it("take a time in proportion to the length of a text", () => {
        const tokens = [
            "-----BEGIN CERTIFICATE-----", "-----BEGIN ", "ecdsa-sha2-", "sk-", "curl -u a:b ", "-p", "a=", "(a=", "--a=", "${", "{{", "$(", "<a>", "<a ", "eyJ",
            "eyJaaaaaaaaaaaa.", "-", ".", "machine ", "PASSWORD '", "IDENTIFIED ", "authorization: ", "Basic ", "deadbeef", "1", " ", "\t", "\n", ":", "a: ",
            '"', "'", "\\", "{", "[", "{a: ", "://", "a://b:", "@", "AKIA", "ghp_", "password=", "password: ", "%a", "#", "/", "1_", ";", "*:1:a:b:", "\ud83d",
            "user a >", "stats auth ", "sentinel auth-pass ", "LoginModule user_a=\"", "echo a:b | chpasswd", "@tcp(", "s.", ":AA", "-H \"X-Token: ", "--password ", "=> \"",
            "rabbitmqctl add_user ", "htpasswd -b ",
        ]; // prettier-ignore
        const some = fc
            .array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 3 })
            .map((parts) => parts.join(""));
        fc.assert(
            fc.property(some, some, (unit, end) => {
                const long = unit.repeat(size / unit.length) + end;
                assert.ok(cost(() => secretsIn("file", long)) < most, JSON.stringify([unit, end]));
                assert.ok(cost(() => secretsIn(long, "hunter2hunter2")) < most, JSON.stringify([unit, end]));
            }),
            { numRuns: 25 },
        );
    });

    it("take a time in proportion to the length of an object", () => {
        const many = (count: number) => ({
            type: "kubernetes:acme.example/v1:Fleet",
            props: {
                spec: {
                    pools: Array.from({ length: count }, (_, index) => ({
                        name: `pool-${index}`,
                        podTemplate: { spec: { containers: [{ name: "app", image: "r.example/app:1", env: [] }] } },
                    })),
                },
            },
        });
        for (const rule of rules) assert.ok(cost(() => judged(rule, many(300))) < most, `${rule.name} takes long`);
    });
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

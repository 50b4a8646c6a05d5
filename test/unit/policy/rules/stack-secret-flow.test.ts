import assert from "node:assert/strict";
import { stackSecretFlow } from "../../../../policy/rules/stack-secret-flow";
import { type Given, judged, secret, unknown, urnOf } from "../../../support/policy/judge";

const value = "Xk39fLq0ZbT7mWv2Rn8YpC5sHd1JgA6e";
const base64 = (text: string) => Buffer.from(text).toString("base64");

const password = (result: unknown = secret(value)): Given => ({
    type: "random:index/randomPassword:RandomPassword",
    name: "password",
    props: { length: 32, result, bcryptHash: secret("$2a$10$abcdefghijklmnopqrstuvwxyz0123456789") },
});
const secretObject: Given = {
    type: "kubernetes:core/v1:Secret",
    name: "app-secret",
    props: {
        metadata: { name: "app" },
        data: secret({
            password: base64(value),
            username: base64("app-user"),
            "access-key-id": base64(`AKIA${"ABCD2345".repeat(2)}`),
        }),
    },
};
const configMap = (data: unknown, more: Partial<Given> = {}): Given => ({
    type: "kubernetes:core/v1:ConfigMap",
    name: "config",
    props: { data },
    ...more,
});
const deployment = (env: unknown, annotations: unknown = {}, more: Partial<Given> = {}): Given => ({
    type: "kubernetes:apps/v1:Deployment",
    name: "app",
    props: { spec: { template: { metadata: { annotations }, spec: { containers: [{ name: "app", env }] } } } },
    ...more,
});
const output = (props: Record<string, unknown>): Given => ({ type: "pulumi:pulumi:Stack", name: "stack", props });

const flow = (...given: Given[]) => {
    const { violations, unjudged } = judged(stackSecretFlow, given);
    for (const violation of violations) assert.ok(!violation.includes(value), "the message shows the value");
    return { violations, unjudged };
};
const none = { violations: [], unjudged: [] };

describe("the rule stack-secret-flow", () => {
    it("passes a stack that keeps its secrets", () => {
        const reference = [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "app", key: "password" } } }];
        const annotations = { "example.com/secrets": secret("0df1c0eaf793092e") };
        assert.deepEqual(
            flow(
                password(),
                secretObject,
                deployment(reference, annotations),
                configMap({ user: "app-user" }),
                output({ accessKeyId: `AKIA${"ABCD2345".repeat(2)}`, password: secret(value), user: "app-user" }),
            ),
            none,
        );
    });

    it("finds a secret in every plain place of Kubernetes, marked or not", () => {
        for (const mark of [secret, (text: string) => text])
            for (const plain of [
                configMap({ "app.yml": mark(`a: 1\npassword: ${value}\n`) }),
                configMap(undefined, { props: { binaryData: { a: mark(base64(`password=${value}`)) } } }),
                deployment([{ name: "PASSWORD", value: mark(value) }]),
                deployment([], { "example.com/secret": mark(value) }),
                {
                    type: "kubernetes:networking.k8s.io/v1:Ingress",
                    name: "i",
                    props: { spec: { rules: [{ host: mark(value) }] } },
                },
                {
                    type: "kubernetes:example.com/v1:Database",
                    name: "d",
                    props: { spec: { init: mark(`x ${base64(value)}`) } },
                },
            ]) {
                const { violations } = flow(password(), plain);
                assert.equal(violations.length, 1, JSON.stringify(plain));
                assert.match(violations[0]!, /holds the secret password\.result, and Kubernetes keeps it in plain/);
            }
    });

    it("finds a secret in the plain state of other resources and in outputs", () => {
        assert.deepEqual(flow(password(), output({ url: `postgres://app:${value}@db` })).violations, [
            "stack: url: holds the secret password.result in plain; mark it as a secret",
        ]);
        const lambda = {
            type: "aws:lambda/function:Function",
            name: "f",
            props: { environment: { variables: { P: value } } },
        };
        assert.equal(flow(password(), lambda).violations.length, 1);
    });

    it("finds it encoded for a URL, for JSON and in base64", () => {
        const odd = 'p"ss/w rd+9Z\\x';
        for (const text of [encodeURIComponent(odd), JSON.stringify({ a: odd }), base64(odd), base64(`user:${odd}`)])
            assert.equal(flow(password(secret(odd)), configMap({ a: `${text}` })).violations.length, 1, text);
    });

    it("finds a secret that has lost its mark where it is made", () => {
        assert.equal(flow(password(value)).violations.length, 1);
    });

    it("knows secrets from Secrets, from marks and from JSON", () => {
        const parameter = { type: "aws:ssm/parameter:Parameter", name: "p", props: { value: secret(value) } };
        const json = {
            type: "pkg:index:Thing",
            name: "t",
            props: { login: secret(JSON.stringify({ user: "app", password: value })) },
        };
        for (const source of [secretObject, parameter, json])
            assert.equal(flow(source, configMap({ a: value })).violations.length, 1, source.name);
    });

    it("does not take a marked name, address, hash or certificate for a secret to be found elsewhere", () => {
        for (const text of [
            "[secret]",
            "justdb-cloud",
            "app-user",
            "https://db.example.com/app",
            "arn:aws:s3:::bucket",
            "10.0.0.0/16",
            "app@example.com",
        ]) {
            const thing = {
                type: "pkg:index:Thing",
                name: "t",
                props: { setting: secret(text), password: secret(text) },
            };
            assert.deepEqual(flow(thing, configMap({ a: text })), none, text);
        }
        const hash = password().props.bcryptHash as { value: string };
        assert.deepEqual(flow(password(), configMap({ a: hash.value })), none);
    });

    it("finds what is marked where Kubernetes keeps it in plain, whatever it is", () => {
        for (const plain of [
            configMap(secret({ host: "db" })),
            configMap({ host: secret("db") }),
            deployment([{ name: "HOST", value: secret("db") }]),
            { type: "kubernetes:example.com/v1:Database", name: "d", props: { spec: { host: secret("db") } } },
        ]) {
            const { violations } = flow(plain);
            assert.equal(violations.length, 1);
            assert.match(violations[0]!, /is marked as a secret, but Kubernetes keeps it in plain/);
        }
        assert.deepEqual(flow(deployment([{ name: "CHECKSUM", value: secret("0df1c0eaf793092e") }])), none);
        const sealed = {
            type: "kubernetes:bitnami.com/v1alpha1:SealedSecret",
            name: "s",
            props: { spec: { encryptedData: { a: secret("AgB") } } },
        };
        assert.deepEqual(flow(sealed), none);
    });

    it("passes a marked annotation, also in the spec of a custom resource, and the copy in a Secret's own annotation", () => {
        const inherited = { inheritedMetadata: { annotations: { a: secret("some thing") } } };
        const database = { type: "kubernetes:example.com/v1:Database", name: "d", props: { spec: inherited } };
        const annotations = {
            "kubectl.kubernetes.io/last-applied-configuration": secret(JSON.stringify({ a: value })),
        };
        const copy = { type: "kubernetes:core/v1:Secret", name: "s", props: { metadata: { annotations } } };
        assert.deepEqual(flow(password(), database, copy), none);
    });

    it("finds a secret in the plain values of a release", () => {
        const release = {
            type: "kubernetes:helm.sh/v3:Release",
            name: "r",
            props: { chart: "a", manifest: [], values: { a: value } },
        };
        assert.equal(flow(password(), release).violations.length, 1);
        const data = { a: value };
        const manifest = [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data }];
        assert.equal(
            flow(password(), { ...release, props: { ...release.props, manifest: secret(manifest) } }).violations.length,
            2,
        );
    });

    it("takes what is marked by itself for a secret, whatever its name", () => {
        const thing = { type: "pkg:index:Thing", name: "t", props: { licence: secret("ABC-123-xyz-99") } };
        assert.equal(flow(thing, configMap({ a: "licence: ABC-123-xyz-99" })).violations.length, 1);
    });

    it("leaves a mark from far above to the values", () => {
        const marked = deployment([{ name: "HOST", value: "db" }]);
        marked.props.spec = secret(marked.props.spec);
        assert.deepEqual(flow(marked), none);
    });

    it("judges what is not known by what it comes from", () => {
        const fresh = password(unknown);
        const key: Given = { type: "aws:iam/accessKey:AccessKey", name: "key", props: { secret: unknown } };
        const data = (...from: Given[]) => configMap({ a: unknown }, { dependencies: { data: from.map(urnOf) } });
        assert.deepEqual(flow(fresh, data(fresh)).violations, [
            "config: data.a: comes from the secret of password, and Kubernetes keeps it in plain; refer to a Secret",
        ]);
        for (const from of [[key], [fresh, key]])
            assert.deepEqual(flow(fresh, key, data(...from)), { violations: [], unjudged: ["data.a"] });
        assert.deepEqual(flow(fresh, key, data()), none);
        const annotated = deployment([], { hash: unknown }, { dependencies: { spec: [urnOf(fresh)] } });
        assert.deepEqual(flow(fresh, annotated), {
            violations: [],
            unjudged: ["spec.template.metadata.annotations.hash"],
        });
        const parameter = {
            type: "aws:ssm/parameter:Parameter",
            name: "p",
            props: { value: unknown },
            dependencies: { value: [urnOf(fresh)] },
        };
        assert.deepEqual(flow(fresh, parameter), { violations: [], unjudged: ["value"] });
    });

    it("takes a property for what it is, whatever its name", () => {
        const thing = { type: "pkg:index:Thing", name: "t", props: { constructor: unknown } };
        assert.deepEqual(flow(thing), none);
    });

    it("finds a secret of a release's values in what it renders", () => {
        const release: Given = {
            type: "kubernetes:helm.sh/v3:Release",
            name: "r",
            props: {
                values: { password: secret(value) },
                manifest: {
                    a: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: `x=${value}` } },
                },
            },
        };
        const { violations } = flow(release);
        assert.ok(
            violations.some((it) => it.startsWith("r: manifest[ConfigMap/c].data.a: ")),
            violations.join(),
        );
    });

    it("takes little time for many resources and many secrets", () => {
        const secrets = Array.from({ length: 50 }, (_, index) => ({
            ...password(secret(`${index}${value}`)),
            name: `p${index}`,
        }));
        const apps = Array.from({ length: 1000 }, (_, index) => ({
            ...deployment([{ name: "A", value: `some value of app number ${index}` }]),
            name: `app${index}`,
        }));
        const start = process.cpuUsage();
        assert.deepEqual(flow(...secrets, ...apps), none);
        assert.ok(process.cpuUsage(start).user < 2e6);
    });

    it("takes a time that does not grow with the secrets times the texts", () => {
        const stackOf = (count: number) =>
            Array.from({ length: count }, (_, index): Given[] => [
                { type: "kubernetes:core/v1:Secret", name: `s${index}`, props: { stringData: { password: `Secret-No.${index}${value}` } } },
                { type: "kubernetes:core/v1:ConfigMap", name: `c${index}`, props: { data: { "app.yml": "Secret-No. is elsewhere\n".repeat(40) } } },
            ]).flat(); // prettier-ignore
        const start = process.cpuUsage();
        assert.deepEqual(flow(...stackOf(1000)), none);
        assert.ok(process.cpuUsage(start).user < 10e6);
    });

    it("takes half of a character for what it is, where a long secret is cut and where the secret has one", () => {
        for (const password of [`${value.padEnd(199, "x")}😀`, `${value}\ud83d`, `${value}\ude00${value}`]) {
            const secretOf = { type: "kubernetes:core/v1:Secret", name: "s", props: { stringData: { password } } };
            assert.deepEqual(flow(secretOf), none);
            const copy = { type: "kubernetes:core/v1:ConfigMap", name: "c", props: { data: { a: `a ${password} b` } } };
            assert.equal(flow(secretOf, copy).violations.length, 1, JSON.stringify(password));
        }
    });
});

import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes/provider";
import { at, plan } from "../../support/mocks";

const component = "justdb-cloud:index:JustDbCloud";

/** What holds data, or what is needed to read it. */
const stateful = [
    "justdb-namespace",
    "justdb-postgres",
    "justdb-postgres-owner",
    "justdb-postgres-password",
    ...["backup", "restore"].flatMap((role) => [`justdb-postgres-${role}`, `justdb-postgres-${role}-password`]),
    "justdb-archive-name",
    "justdb-jwt-secret",
    "justdb-redis-password",
    "justdb-secrets",
    "justdb-redis",
    "justdb-backup-seal",
    "justdb-backup-seal-key",
    ...["schemas", "backups"].flatMap((kind) =>
        ["", "-encryption", "-lifecycle", "-ownership", "-public-access", "-tls-only", "-versioning"].map(
            (suffix) => `justdb-${kind}${suffix}`,
        ),
    ),
].sort();

/** What a database archives by as long as it is there, and which of its credentials are in use. */
const retained = [
    ...["", "-user", "-user-policy", "-access-key", "-credentials"].map((suffix) => `justdb-archive${suffix}`),
    ...["begun", "done"].map((stage) => `justdb-generations-${stage}`),
];

describe("JustDbCloud", () => {
    it("names each child after itself, and is the parent of each", async () => {
        const made = await plan({}, "acme");
        const children = made.resources.filter(({ type }) => type !== component);
        assert.ok(children.length > 40);
        for (const { name, parent } of children) {
            assert.ok(name.startsWith("acme-"), name);
            assert.ok(parent.endsWith(`${component}::acme`), name);
        }
        assert.equal(new Set(made.names()).size, made.names().length);
    });

    it("names each Kubernetes object itself, and puts each in the namespace", async () => {
        const made = await plan({ namespace: "other" });
        for (const { type, name, inputs } of made.resources) {
            const kind = /^kubernetes:(.*)/.exec(type)?.[1];
            if (kind === undefined || kind === "helm.sh/v4:Chart" || kind === "core/v1:Namespace") {
                continue;
            }
            assert.ok(at(inputs, "metadata.name"), name);
            assert.equal(at(inputs, "metadata.namespace"), "other", name);
            assert.equal(at(inputs, "metadata.labels.[app.kubernetes.io/part-of]"), "justdb-cloud", name);
        }
        assert.equal(made.at("justdb-postgres", "namespace"), "other");
    });

    it("protects and retains what holds data in prod, retains what its archive needs, and nothing else", async () => {
        const made = await plan({});
        const names = (of: "protect" | "retainOnDelete") => made.resources.filter((r) => r[of]).map((r) => r.name);
        assert.deepEqual(names("protect").sort(), stateful);
        assert.deepEqual(names("retainOnDelete").sort(), [...stateful, ...retained].sort());
    });

    it("protects and retains nothing in dev", async () => {
        const made = await plan({ environment: "dev" });
        assert.ok(made.resources.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
    });

    it("uses a namespace that exists already", async () => {
        const made = await plan({ createNamespace: false, namespace: "shared" });
        assert.equal(made.has("justdb-namespace"), false);
        assert.equal(made.outputs.namespace, "shared");
    });

    it("registers nothing when a setting is wrong", async () => {
        await assert.rejects(plan({ appReplicas: 0 }), /appReplicas/);
    });

    it("uses the providers it is given", async () => {
        const made = await plan({}, "justdb", () => ({ providers: { kubernetes: new k8s.Provider("elsewhere") } }));
        for (const { type, name, provider } of made.resources) {
            if (type.startsWith("kubernetes:")) {
                assert.match(provider, /::elsewhere::/, name);
            }
        }
    });

    it("gives these outputs, none of them secret", async () => {
        const { outputs } = await plan({});
        delete outputs.urn;
        assert.deepEqual(outputs, {
            namespace: "justdb-cloud",
            serviceName: "justdb-cloud",
            host: "",
            url: "http://10.96.0.99",
            schemasBucket: "justdb-schemas-0123456",
            backupsBucket: "justdb-backups-0123456",
            databaseHost: "justdb-postgres.justdb-cloud.svc",
            redisHost: "justdb-redis",
            accessKeyId: "AKIAMOCK",
            databaseSecretName: "justdb-secrets",
            jwtSecretName: "justdb-secrets",
            archiveName: "justdb-db-0123abcd",
            awsCredentialsSecretName: "aws-credentials",
        });
    });
});

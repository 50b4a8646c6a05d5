import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { anAuthority } from "../../../support/an-authority";
import { documentedArguments } from "../../../../tools/docs/arguments";

const privateKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

const problemKeys = (args: unknown) => check(args as JustDbCloudArgs).map((problem) => problem.key);

describe("resolve refuses", () => {
    const externalRedis = { redisMode: "external", redisHost: "cache.example.com", redisCidrs: ["10.0.0.0/24"] };
    const external = { postgresMode: "external", postgresHost: "db.example.com", postgresCidrs: ["10.0.0.0/24"] };
    const cases: [title: string, args: Record<string, unknown>, keys: string[]][] = [
        ["fewer pods at most than at least", { appReplicas: 5, appMaxReplicas: 4 }, ["appReplicas"]],
        ["a CPU request above its limit", { appCpuRequest: "3", appCpuLimit: "2000m" }, ["appCpuRequest"]],
        ["a memory request above its limit", { appMemoryRequest: "3Gi" }, ["appMemoryRequest"]],
        ["a database CPU request above its limit", { postgresCpuRequest: "3" }, ["postgresCpuRequest"]],
        ["a load balancer for nobody", { edge: "loadBalancer" }, ["loadBalancerSourceRanges"]],
        [
            "source ranges without a load balancer",
            { loadBalancerSourceRanges: ["10.0.0.0/8"] },
            ["loadBalancerSourceRanges"],
        ],
        ["one bucket for both", { schemasBucketName: "abc", backupsBucketName: "abc" }, ["backupsBucketName"]],
        [
            "old versions that go before the backups",
            { storageNoncurrentDays: 29, backupRetentionDays: 30 },
            ["storageNoncurrentDays"],
        ],
        ["roles of no issuer", { awsCredentials: "irsa" }, ["oidcProviderArn"]],
        ["roles of no cluster", { awsCredentials: "podIdentity" }, ["eksClusterName"]],
        [
            "a generation of a key where there is none",
            {
                awsCredentials: "podIdentity",
                eksClusterName: "production",
                appAccessKeyGeneration: 2,
            },
            ["appAccessKeyGeneration"],
        ],
        [
            "an issuer for keys",
            { oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/example.com" },
            ["oidcProviderArn"],
        ],
        [
            "a path of roles that EKS refuses",
            { awsCredentials: "podIdentity", eksClusterName: "production", iamPath: "/teams/" },
            ["iamPath"],
        ],
        ["a path that does not end with a slash", { iamPath: "/teams" }, ["iamPath"]],
        ["buffers that fill the memory", { postgresSharedBuffers: "2GB" }, ["postgresSharedBuffers"]],
        ["two signing keys", { jwtSecret: "x".repeat(64), jwtExistingSecret: "jwt" }, ["jwtSecret"]],
        ["a short signing key", { jwtSecret: "x".repeat(63) }, ["jwtSecret"]],
        ["a short password", { postgresPassword: "short" }, ["postgresPassword"]],
        ["a password that breaks redis.conf", { redisPassword: 'abcdefghijklmnop"' }, ["redisPassword"]],
        [
            "an external database without a host, addresses and password",
            { postgresMode: "external" },
            ["postgresHost", "postgresCidrs", "postgresPassword"],
        ],
        ["an external database without a password", external, ["postgresPassword"]],
        [
            "an archive for an external database",
            { ...external, postgresPassword: "0123456789abcdef", restoreFrom: "s3://acme-backups/justdb-db-1/latest" },
            ["restoreFrom"],
        ],
        ["a backup of no bucket", { restoreFrom: "latest" }, ["restoreFrom"]],
        ["a host for a managed database", { postgresHost: "db.example.com" }, ["postgresHost"]],
        [
            "an external Redis without a host, addresses and password",
            { redisMode: "external" },
            ["redisHost", "redisCidrs", "redisPassword"],
        ],
        [
            "another generation of a password that exists",
            { redisExistingSecret: "redis", redisPasswordGeneration: 2 },
            ["redisPasswordGeneration"],
        ],
        [
            "authorities for a connection that is not verified",
            {
                ...external,
                postgresExistingSecret: "db",
                postgresCaCertificates: anAuthority,
                postgresSslMode: "require",
            },
            ["postgresSslMode"],
        ],
        [
            "any certificate that is public",
            { ...external, postgresExistingSecret: "db", postgresSslMode: "verify-ca" },
            ["postgresSslMode"],
        ],
        ["authorities of a managed database", { postgresCaCertificates: anAuthority }, ["postgresCaCertificates"]],
        [
            "a private key among authorities",
            { ...external, postgresExistingSecret: "db", postgresCaCertificates: anAuthority + privateKey },
            ["postgresCaCertificates"],
        ],
        [
            "what is no certificate",
            { ...external, postgresExistingSecret: "db", postgresCaCertificates: anAuthority.replaceAll("MII", "AAA") },
            ["postgresCaCertificates"],
        ],
        [
            "more authorities than a variable holds",
            { ...external, postgresExistingSecret: "db", postgresCaCertificates: anAuthority.repeat(120) },
            ["postgresCaCertificates"],
        ],
        [
            "another key for the operator",
            { postgresExistingSecret: "db", postgresExistingSecretKey: "pw" },
            ["postgresExistingSecretKey"],
        ],
        [
            "a key of no Secret",
            { ...external, postgresPassword: "0123456789abcdef", postgresExistingSecretKey: "pw" },
            ["postgresExistingSecretKey"],
        ],
        ["a key of no signing key's Secret", { jwtExistingSecretKey: "key" }, ["jwtExistingSecretKey"]],
        [
            "a key of no Secret of Redis",
            { ...externalRedis, redisPassword: "0123456789abcdef", redisExistingSecretKey: "pw" },
            ["redisExistingSecretKey"],
        ],
        [
            "authorities of Redis without TLS",
            { ...externalRedis, redisExistingSecret: "cache", redisCaCertificates: anAuthority },
            ["redisCaCertificates"],
        ],
        ["a user of a Redis in the cluster", { redisUser: "justdb" }, ["redisUser"]],
        ["the operator's own role", { postgresUser: "postgres" }, ["postgresUser"]],
        ["a quantity without a suffix", { postgresStorageSize: "20" }, ["postgresStorageSize"]],
        ["an image without a tag", { redisImage: "redis" }, ["redisImage"]],
        ["a URL with credentials", { otlpEndpoint: "http://user:pw@collector:4317" }, ["otlpEndpoint"]],
        ["a namespace that is no DNS label", { namespace: "JustDB" }, ["namespace"]],
        ["a list that is text", { imagePullSecrets: "registry" }, ["imagePullSecrets"]],
        ["a flag that is text", { createNamespace: "yes" }, ["createNamespace"]],
        ["labels that are no text", { ingressPodLabels: { app: 1 } }, ["ingressPodLabels"]],
        ["no label at all, which selects every pod", { ingressNamespace: "edge" }, ["ingressPodLabels"]],
        ["a label that Kubernetes refuses", { ingressPodLabels: { app: "not a label" } }, ["ingressPodLabels"]],
        ["an annotation that Kubernetes refuses", { serviceAnnotations: { "a b": "c" } }, ["serviceAnnotations"]],
        ["memory in which PostgreSQL cannot start", { postgresMemory: "64Mi" }, ["postgresMemory"]],
        ["a PostgreSQL whose version no tag tells", { postgresImage: "postgres:stable" }, ["postgresImage"]],
        [
            "a PostgreSQL image with a digest alone",
            { postgresImage: `postgres@sha256:${"a".repeat(64)}` },
            ["postgresImage"],
        ],
    ];
    for (const [title, args, expected] of cases) {
        it(title, () => {
            assert.deepEqual(problemKeys(args), expected);
        });
    }

    it("what the other mode would not read", () => {
        const fields = documentedArguments().flatMap((group) => group.fields);
        const redis = {
            redisMode: "external",
            redisHost: "cache.example.com",
            redisCidrs: ["10.0.0.0/24"],
            redisExistingSecret: "cache",
        };
        const others = { Managed: { ...external, postgresExistingSecret: "db" }, "In-cluster": redis, External: {} };
        const examples: Record<string, unknown> = { postgresImage: "postgres:17.6", redisImage: "redis:8.0" };
        for (const { name, text, example } of fields) {
            const mode = /^(Managed|In-cluster|External) only/.exec(text)?.[1] as keyof typeof others | undefined;
            if (mode !== undefined) {
                const value = examples[name] ?? (JSON.parse(example) as unknown);
                assert.deepEqual(problemKeys({ ...others[mode], [name]: value }), [name], text);
            }
        }
    });

    it("but not a default that the engine hands over for the other mode", () => {
        assert.deepEqual(problemKeys({ ...external, postgresExistingSecret: "db", postgresMemory: "2Gi" }), []);
        assert.deepEqual(problemKeys({ postgresPort: 5432, postgresSslMode: "require", redisTls: false }), []);
    });

    it("all of it, whatever an unknown key is called", () => {
        assert.deepEqual(problemKeys({ redis: "x", redisMode: "external" }), [
            "redis",
            "redisHost",
            "redisCidrs",
            "redisPassword",
        ]);
    });

    it("nothing twice: what follows from a wrong value is not reported", () => {
        assert.deepEqual(problemKeys({ ...external, postgresMode: "outside" }), ["postgresMode"]);
        assert.deepEqual(problemKeys({ environment: "test", appMaxReplicas: 2 }), ["environment"]);
    });
});

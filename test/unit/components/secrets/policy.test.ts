import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { rules } from "../../../../policy/rules";
import { anAuthority } from "../../../support/an-authority";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

const postgres: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.0.0.0/24"],
    postgresExistingSecret: "db",
};
const redis: JustDbCloudArgs = {
    redisMode: "external",
    redisHost: "cache.example.com",
    redisCidrs: ["10.0.1.0/24"],
    redisExistingSecret: "cache",
    redisTls: true,
};

const existing: Record<string, JustDbCloudArgs> = {
    "a PostgreSQL of public authorities": { ...postgres, postgresSslMode: "verify-full" },
    "a PostgreSQL of authorities that are given": {
        ...postgres,
        postgresSslMode: "verify-full",
        postgresCaCertificates: anAuthority,
    },
    "a PostgreSQL under any name": {
        ...postgres,
        postgresSslMode: "verify-ca",
        postgresCaCertificates: anAuthority,
        postgresExistingSecretKey: "the-password",
    },
    "a Redis of public authorities": { ...redis, redisMetrics: true, metricsScrape: "annotations" },
    "a Redis with a user, of authorities that are given": {
        ...redis,
        redisUser: "justdb",
        redisCaCertificates: anAuthority,
        redisExistingSecretKey: "the-password",
        redisMetrics: true,
        metricsScrape: "annotations",
    },
    "a namespace and Secrets": {
        createNamespace: false,
        jwtExistingSecret: "jwt",
        jwtExistingSecretKey: "key",
        postgresExistingSecret: "db",
        imagePullSecrets: ["registry"],
        secretsPreflight: false,
    },
};

const mandatory = rules.filter(({ level }) => level === "mandatory");

describe("the policy pack, of what is there already", () => {
    for (const [title, args] of Object.entries(existing)) {
        it(`has nothing against ${title}`, async () => {
            const { resources } = await plan(args);
            // Mocks do not mark secrets, and render no chart.
            const objects = resources
                .filter(({ type }) => type.startsWith("kubernetes:") && !/:Secret$|:Chart$/.test(type))
                .map(({ type, name, inputs }) => ({ type, name, props: inputs }));
            const found = mandatory.flatMap((rule) =>
                judged(rule, objects).violations.map((said) => `${rule.name}: ${said}`),
            );
            assert.deepEqual(found, []);
        });
    }
});

describe("the Secrets that images are pulled with", () => {
    it("are of every pod, and of what CloudNativePG and its chart run", async () => {
        const made = await plan({
            ...redis,
            imagePullSecrets: ["registry"],
            postgresInstallOperator: true,
            redisMetrics: true,
            metricsScrape: "annotations",
        });
        const templates = made.resources.flatMap(({ name, inputs }) =>
            podsOf(inputs).map((pod) => [name, pod] as const),
        );
        assert.ok(templates.length > 8, `${templates.length} pods`);
        for (const [name, pod] of templates) assert.deepEqual(pod.imagePullSecrets, [{ name: "registry" }], name);
        assert.deepEqual(made.at("justdb-postgres", "values.imagePullSecrets"), ["registry"]);
        assert.deepEqual(made.at("justdb-operator", "values.imagePullSecrets"), [{ name: "registry" }]);
    });
});

interface PodSpec {
    containers?: unknown;
    imagePullSecrets?: unknown;
}

/** Every specification of a pod in an object, wherever it stands. */
function podsOf(value: unknown): PodSpec[] {
    if (typeof value !== "object" || value === null) return [];
    const own = "containers" in value && Array.isArray((value as PodSpec).containers) ? [value] : [];
    return [...own, ...Object.values(value).flatMap(podsOf)];
}

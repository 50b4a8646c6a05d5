import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { expectations } from "../../../../components/doctor/expectations";
import { versions } from "../../../../tools/programs/versions";
import { ownGateway } from "../../../support/edges";
import { plan, type Plan } from "../../../support/mocks";
import { waysOf } from "../../../support/policies";

const expected = (args: JustDbCloudArgs) => expectations(resolve(args, "justdb"), "owner");

const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.0.0.0/24"],
    postgresExistingSecret: "database",
    backupImage: "registry.example.com/postgresql:18.4-system-trixie",
    redisMode: "external",
    redisHost: "redis.example.com",
    redisCidrs: ["10.0.1.0/24"],
    redisExistingSecret: "cache",
};

/** Every image that a plan names, wherever. */
function imagesOf(made: Plan): string[] {
    const found = new Set<string>();
    const walk = (value: unknown, key = "") => {
        if (key === "image" && typeof value === "string") found.add(value);
        else if (typeof value === "object" && value !== null)
            for (const [name, inner] of Object.entries(value)) walk(inner, name);
    };
    for (const { inputs } of made.resources) walk(inputs);
    return [...found].sort();
}

describe("what the doctor expects", () => {
    for (const [title, args] of Object.entries({ "all of its own": {}, "servers elsewhere": external })) {
        it(`has every image of a stack with ${title}`, async () => {
            assert.deepEqual([...new Set(Object.values(expected(args).images))].sort(), imagesOf(await plan(args)));
        });
    }

    it("has the days after which objects leave a bucket", async () => {
        const args: JustDbCloudArgs = { storageNoncurrentDays: 50, backupRetentionDays: 20 };
        const made = await plan(args);
        for (const [kind, days] of Object.entries(expected(args).buckets.lifecycle)) {
            const rules = made.at(`justdb-${kind}-lifecycle`, "rules") as {
                id: string;
                expiration: { days?: number };
                noncurrentVersionExpiration?: { noncurrentDays: number };
            }[];
            const planned = rules.map(({ id, expiration, noncurrentVersionExpiration: old }) => [
                id,
                old?.noncurrentDays ?? expiration.days,
            ]);
            assert.deepEqual(Object.fromEntries(planned), days);
        }
    });

    it("names Secrets that exist, and whether the operator must see them change", () => {
        const args = { postgresExistingSecret: "database", imagePullSecrets: ["registry"] };
        assert.deepEqual(expected(args).secrets, [
            { setting: "postgresExistingSecret", name: "database", reload: true },
            { setting: "imagePullSecrets", name: "registry", reload: false },
        ]);
        assert.deepEqual(
            expected(external).secrets.map(({ name, reload }) => [name, reload]),
            [
                ["database", false],
                ["cache", false],
            ],
        );
    });

    it("is no database, archive or operator of servers elsewhere", () => {
        const { database, archive, operators, storageClasses } = expected(external);
        assert.deepEqual({ database, archive, operators }, { database: null, archive: null, operators: [] });
        assert.deepEqual(storageClasses, { postgresStorageClass: "" });
    });

    it("is each operator and API that the settings ask for, of the version that the tests run", () => {
        const edge: JustDbCloudArgs = { ...ownGateway, tlsIssuer: "ClusterIssuer/letsencrypt" };
        const args: JustDbCloudArgs = { metricsScrape: "prometheusOperator", delivery: "canary", ...edge };
        const { operators, versioned } = expected(args);
        const modules: Record<string, string> = {
            CloudNativePG: "cloudnative-pg",
            "the plugin barman-cloud": "plugin-barman-cloud",
            "Argo Rollouts": "argo-rollouts",
            "cert-manager": "cert-manager",
            "the Prometheus operator": "prometheus-operator",
            "the Gateway API": "gateway-api",
        };
        const of = [...operators, ...versioned].map(({ what, tried }) => [what, tried]);
        const run = Object.entries(modules).map(([what, name]) => {
            const [, version] = /^v(\d+\.\d+)/.exec(versions.goModules[name]!.version)!;
            return [what, version];
        });
        assert.deepEqual(of, run);
        const { operators: others, versioned: none } = expected({});
        assert.deepEqual([others.length, none], [2, []]);
    });

    it("is a base backup within the pause of its schedule, and the time that one may take", () => {
        assert.equal(expected({}).archive?.maxAgeHours, 24 + 6);
        assert.equal(expected({ postgresArchive: false }).archive, null);
    });
});

describe("the doctor in the cluster", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    it("runs when somebody starts it", () => {
        assert.equal(made.at("justdb-doctor", "spec.suspend"), true);
        assert.equal(made.at("justdb-doctor", "metadata.name"), "justdb-doctor");
        assert.equal(made.at("justdb-doctor", "spec.jobTemplate.spec.backoffLimit"), 0);
    });

    it("may read in its namespace, and no Secret", () => {
        const rules = made.at("justdb-doctor-role", "rules") as { resources: string[]; verbs: string[] }[];
        assert.ok(!rules.some(({ resources }) => resources.includes("secrets")));
        assert.deepEqual([...new Set(rules.flatMap(({ verbs }) => verbs))].sort(), ["get", "list"]);
    });

    it("has no key and no password", () => {
        const pod = made.at("justdb-doctor", "spec.jobTemplate.spec.template.spec");
        assert.ok(!JSON.stringify(pod).includes("secretKeyRef"));
    });

    it("has all that it imports, and what the stack expects", () => {
        const data = made.at("justdb-doctor-scripts", "data") as Record<string, string>;
        const imported = Object.values(data)
            .flatMap((text) => [...text.matchAll(/^(?:from|import) (\w+)/gm)].map(([, name]) => `${name}.py`))
            .filter((file, index, all) => all.indexOf(file) === index);
        const own = ["of_", "kubernetes_api", "failure", "finding", "cluster", "inside"];
        assert.deepEqual(
            imported.filter((file) => own.some((start) => file.startsWith(start)) && !(file in data)),
            [],
        );
        const { about, deployer, namespace, owner } = JSON.parse(data["expectations.json"]!) as Record<string, unknown>;
        assert.deepEqual(
            { about, deployer, namespace, owner },
            {
                about: "namespace justdb-cloud",
                deployer: false,
                namespace: "justdb-cloud",
                owner: "justdb-cloud/test/justdb-namespace",
            },
        );
    });

    it("has no way to the app: it tries whether that is so", () => {
        assert.deepEqual(waysOf({}, "doctor"), [
            "doctor > kube-system/kube-dns :53/udp,53",
            "doctor > 0.0.0.0/0 but 169.254.0.0/16 :443,6443",
            "doctor > justdb-backup-metrics :9187",
        ]);
    });
});

import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { at, plan, type Plan } from "../../../support/mocks";

const nodeSelector = { "example.com/pool": "justdb" };
const toleration = { key: "dedicated", operator: "Equal", value: "justdb", effect: "NoSchedule" };
const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
const everywhere: JustDbCloudArgs = {
    nodeSelector,
    tolerations: [toleration],
    affinity,
    priorityClass: "business-critical",
};
const asPodsHaveIt = { nodeSelector, tolerations: [toleration], affinity, priorityClassName: "business-critical" };
const ofDatabases = { "example.com/pool": "databases" };

/** Every option that brings pods of its own. */
const everyPod: JustDbCloudArgs = {
    metricsScrape: "prometheusOperator",
    restoreFrom: "s3://backups-of-another/latest",
};

type Fields = Record<string, unknown>;

/** The pod template of each object of a plan that has one, by the object's name. */
function templates({ resources }: Plan): Record<string, Fields> {
    const paths = ["spec.template", "spec.jobTemplate.spec.template"];
    const found = resources.flatMap(({ name, inputs }) =>
        paths
            .map((path) => [name, at(inputs, path)] as const)
            .filter(([, template]) => at(template, "spec.containers")),
    );
    return Object.fromEntries(found) as Record<string, Fields>;
}

const chartValues = (made: Plan) => made.at("justdb-postgres", "values") as Fields;
const placementOf = (template: Fields): Fields => {
    const spec = template.spec as Fields;
    const fields = Object.keys(asPodsHaveIt).filter((field) => field in spec);
    return Object.fromEntries(fields.map((field) => [field, spec[field]]));
};

/** What is said against arguments. */
const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);

describe("where pods run", () => {
    it("is said once for the whole stack", async () => {
        const made = await plan({ ...everyPod, ...everywhere });
        const pods = templates(made);
        assert.ok(Object.keys(pods).length >= 10, Object.keys(pods).join());
        for (const [name, template] of Object.entries(pods)) {
            assert.deepEqual(placementOf(template), asPodsHaveIt, name);
        }
        assert.deepEqual(chartValues(made).placement, asPodsHaveIt);
    });

    it("is said for the app and for PostgreSQL alone, in the place of that", async () => {
        const made = await plan({
            ...everywhere,
            appNodeSelector: {},
            appTolerations: [],
            appAffinity: {},
            postgresNodeSelector: ofDatabases,
            postgresPriorityClass: "databases",
        });
        const { "justdb-deployment": app, ...others } = templates(made);
        assert.deepEqual(placementOf(app!), { priorityClassName: "business-critical" });
        for (const template of Object.values(others)) assert.deepEqual(placementOf(template), asPodsHaveIt);
        assert.deepEqual(chartValues(made).placement, {
            ...asPodsHaveIt,
            nodeSelector: ofDatabases,
            priorityClassName: "databases",
        });
    });

    it("is said of the pods of a Rollout too", async () => {
        const made = await plan({ ...everywhere, delivery: "canary", postgresArchive: false });
        assert.deepEqual(placementOf(templates(made)["justdb-rollout"]!), asPodsHaveIt);
    });

    it("is left to the cluster by default", async () => {
        const made = await plan(everyPod);
        for (const [name, template] of Object.entries(templates(made)))
            assert.deepEqual(placementOf(template), {}, name);
    });

    it("is refused for a PostgreSQL that is outside, with both settings named", () => {
        const external: JustDbCloudArgs = {
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresCidrs: ["10.20.0.0/24"],
            postgresExistingSecret: "db",
        };
        assert.deepEqual(problems(external), []);
        assert.deepEqual(problems({ ...external, postgresNodeSelector: ofDatabases, postgresPriorityClass: "db" }), [
            'postgresNodeSelector: {"example.com/pool":"databases"}, with postgresMode external',
            'postgresPriorityClass: "db", with postgresMode external',
        ]);
    });

    it("is refused where the API server would, in the middle of an update", () => {
        const wrong = [
            { key: "dedicated", operator: "Exists", value: "justdb" },
            { operator: "Equal", value: "justdb" },
            { key: "dedicated", operator: "In", value: "justdb" },
            { key: "dedicated", effect: "NoScheduling" },
            { key: "dedicated", effect: "NoSchedule", tolerationSeconds: 60 },
            { key: "dedicated", values: ["justdb"] },
        ];
        for (const one of wrong) assert.equal(problems({ tolerations: [one] }).length, 1, JSON.stringify(one));
        for (const one of [
            toleration,
            { operator: "Exists" },
            { key: "spot", effect: "NoExecute", tolerationSeconds: 60 },
        ]) {
            assert.deepEqual(problems({ tolerations: [one] }), []);
        }
        assert.equal(problems({ affinity: { nodeAffinities: {} } as never }).length, 1);
    });
});

describe("labels and annotations of somebody's own", () => {
    const objectLabels = { team: "data" };
    const objectAnnotations = { "example.com/owner": "data" };
    const podLabels = { tier: "backend" };
    const podAnnotations = { "example.com/profile": "on" };
    let made: Plan;
    before(async () => {
        made = await plan({ ...everyPod, objectLabels, objectAnnotations, podLabels, podAnnotations });
    });

    it("stand on every object, with those of the stack", () => {
        const objects = made.resources.filter(
            ({ type }) => type.startsWith("kubernetes:") && !type.includes("helm.sh/") && !type.includes(":providers:"),
        );
        assert.ok(objects.length > 40);
        for (const { name, inputs } of objects) {
            const { labels, annotations } = inputs.metadata as { labels: Fields; annotations: Fields };
            assert.equal(labels.team, "data", name);
            assert.equal(labels["app.kubernetes.io/part-of"], "justdb-cloud", name);
            assert.equal(labels.tier, undefined, name);
            assert.equal(annotations["example.com/owner"], "data", name);
        }
    });

    it("stand on every pod, with those that are for pods alone", () => {
        for (const [name, template] of Object.entries(templates(made))) {
            const { labels, annotations } = template.metadata as { labels: Fields; annotations: Fields };
            assert.deepEqual([labels.team, labels.tier], ["data", "backend"], name);
            assert.deepEqual(
                [annotations["example.com/owner"], annotations["example.com/profile"]],
                ["data", "on"],
                name,
            );
        }
    });

    it("stand on PostgreSQL's Cluster, and by it on what its operator makes", () => {
        const { labels, annotations, inherited } = chartValues(made);
        assert.deepEqual({ labels, annotations }, { labels: objectLabels, annotations: objectAnnotations });
        assert.deepEqual(inherited, {
            labels: { ...objectLabels, ...podLabels },
            annotations: { ...objectAnnotations, ...podAnnotations },
        });
    });

    it("stand on the Jobs of CronJobs", () => {
        const { labels, annotations } = made.at("justdb-backup", "spec.jobTemplate.metadata") as Record<string, Fields>;
        assert.deepEqual([labels!.team, annotations!["example.com/owner"]], ["data", "data"]);
    });

    it("are not on selectors, nor on what cannot be changed", () => {
        assert.deepEqual(made.at("justdb-redis", "spec.selector"), { matchLabels: { app: "justdb-redis" } });
        assert.deepEqual(made.at("justdb-redis", "spec.volumeClaimTemplates.0.metadata"), { name: "data" });
        assert.deepEqual(made.at("justdb-deployment", "spec.selector"), { matchLabels: { app: "justdb-cloud" } });
    });

    it("are not on the namespace of CloudNativePG's operator, which is everybody's", async () => {
        const withOperator = await plan({ postgresInstallOperator: true, objectLabels });
        assert.equal(withOperator.at("justdb-operator-namespace", "metadata.labels.team"), undefined);
        assert.equal(withOperator.at("justdb-namespace", "metadata.labels.team"), "data");
    });

    it("are none that the stack, Kubernetes, an operator or a mesh goes by", async () => {
        const own = [
            "app",
            "app.kubernetes.io/part-of",
            "cnpg.io/cluster",
            "batch.kubernetes.io/job-name",
            "sidecar.istio.io/inject",
            "linkerd.io/inject",
            "prometheus.io/scrape",
            "pulumi.com/skipAwait",
            "helm.sh/hook",
        ];
        for (const key of ["objectLabels", "objectAnnotations", "podLabels", "podAnnotations"] as const) {
            for (const name of own) {
                const [problem] = check({ [key]: { [name]: "x", "example.com/fine": "y" } });
                assert.equal(problem?.key, key);
                assert.match(problem.got, new RegExp(`^${name}, which is set by the stack itself`));
                assert.match(problem.fix, new RegExp(`take ${name} out of ${key}`));
            }
        }
        // What is on objects and pods of any stack, with every mesh, can be nobody's own.
        for (const mesh of ["istio", "linkerd"] as const) {
            const meshed = await plan({ ...everyPod, mesh, metricsScrape: "annotations" });
            const marks = [...meshed.resources.map(({ inputs }) => inputs), ...Object.values(templates(meshed))].map(
                (one) => at(one, "metadata") as { labels?: Fields; annotations?: Fields } | undefined,
            );
            for (const name of new Set(marks.flatMap((one) => Object.keys({ ...one?.labels, ...one?.annotations })))) {
                if (/^(?:karpenter\.sh|cluster-autoscaler\.kubernetes\.io|service\.beta)/.test(name)) continue;
                assert.equal(check({ podLabels: { [name]: "x" } }).length, 1, name);
            }
        }
    });

    it("may be those by which an autoscaler of nodes is told to leave a pod alone", () => {
        const podAnnotations = {
            "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            "karpenter.sh/do-not-disrupt": "true",
        };
        assert.deepEqual(check({ podAnnotations }), []);
    });
});

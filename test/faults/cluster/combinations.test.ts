import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../components";
import { check } from "../../../components/config/resolve";
import { isOutside } from "../../../components/edge/way";
import { keys } from "../../../components/parts";
import {
    apply,
    argoRolloutsDefinitions,
    certManagerDefinitions,
    installDefinitions,
    istioDefinitions,
    kubectl,
    policyPack,
    removeDefinitions,
    traefikDefinitions,
} from "../../../sandbox";
import { removeNamespaces } from "../../support/cluster";
import * as edges from "../../support/edges";
import { combinations, pairwise } from "../../support/pairwise";
import { makePlan, type PlannedResource } from "../../support/plan";
import { anything, withAnything } from "../../support/untold";

const namespace = "combinations";
const analysisPrometheus = "http://prometheus.monitoring.svc:9090";

/** The arguments of each value of each setting that is combined. Plain HTTP at an Ingress or a Gateway is not among them: to the policy pack it is a violation. */
const factors: Record<string, Record<string, JustDbCloudArgs>> = {
    edge: {
        none: {},
        "load balancer": edges.balanced,
        "load balancer of EKS": { ...edges.balanced, loadBalancerController: "cloud-provider-aws" },
        "load balancer of EKS Auto Mode": { ...edges.balanced, loadBalancerController: "eks-auto-mode" },
        "Ingress of Traefik": edges.traefikIngress,
        "Ingress of AWS": edges.albIngress,
        "another Ingress": edges.otherIngress,
        "Gateway of its own": edges.ownGateway,
        "shared Gateway": edges.sharedGateway,
        "listener of a shared Gateway": { ...edges.sharedGateway, gatewaySection: "https" },
    },
    TLS: {
        "none of its own": {},
        "TLS by a Secret": { tlsSecret: "ours" },
        "TLS by cert-manager": { tlsIssuer: "ClusterIssuer/letsencrypt" },
        "TLS by AWS": { tlsCertificateArn: edges.arn },
    },
    delivery: {
        rolling: {},
        canary: { delivery: "canary" },
        "canary by the Gateway API": { delivery: "canary", canaryTraffic: "gatewayApi", analysisPrometheus },
        "canary by Traefik": { delivery: "canary", canaryTraffic: "traefik", analysisPrometheus },
        "canary by AWS": { delivery: "canary", canaryTraffic: "alb", analysisPrometheus },
        "blue-green": { delivery: "blueGreen", analysisPrometheus },
    },
    mesh: {
        "no mesh": {},
        Istio: { mesh: "istio" },
        "Istio ambient": { mesh: "istioAmbient" },
        Linkerd: { mesh: "linkerd" },
    },
    database: {
        "one PostgreSQL": { postgresInstances: 1, postgresArchive: false },
        "three, archived": { postgresInstances: 3, postgresArchive: true },
        "external PostgreSQL": {
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresCidrs: ["10.20.0.0/24"],
            postgresExistingSecret: "db",
        },
    },
    redis: {
        "Redis in the cluster": {},
        "external Redis": {
            redisMode: "external",
            redisHost: "cache.example.com",
            redisCidrs: ["10.20.1.0/24"],
            redisExistingSecret: "cache",
        },
    },
    metrics: {
        "metrics by annotations": { metricsScrape: "annotations" },
        "metrics by the Prometheus operator, all that can be set, and traces": {
            metricsScrape: "prometheusOperator",
            monitorLabels: { release: "kube-prometheus-stack" },
            credentialMaxAgeDays: 90,
            runbooksUrl: "https://git.example.com/runbooks",
            otlpEndpoint: "http://collector.observability.svc:4317",
        },
        "no metrics": { metricsScrape: "none" },
    },
};

function argsOf(row: string[]): JustDbCloudArgs {
    const values = Object.values(factors).map((values, index) => values[row[index]!]!);
    const args = Object.assign({ environment: "dev" }, ...values) as JustDbCloudArgs;
    // What is outside of the mesh is taken so.
    const { edge = "none", ingressController = "other", edgeCidrs = [] } = args;
    const isPermissive =
        args.mesh && isOutside({ edge, ingressController, edgeCidrs, loadBalancerController: "other" });
    return isPermissive ? { ...args, meshMtls: "permissive" } : args;
}

const all = combinations(Object.values(factors).map((values) => Object.keys(values))).map((row) => ({
    row,
    problems: check(argsOf(row)),
}));
const possible = all.filter(({ problems }) => problems.length === 0).map(({ row }) => row);

/** What the stack that is planned sets, and not every combination may. */
const unset = ["postgresCpuRequest", "postgresMemory", "postgresStorageSize", "redisMemory", "redisStorageSize"];

/** As a stack file has them. What they name in the cluster is not there: classes, an issuer, a Gateway, Secrets. */
function configOf(args: JustDbCloudArgs): Record<string, string> {
    const unlooked = { edgePreflight: false, secretsPreflight: false };
    const settings = { ...Object.fromEntries(unset.map((key) => [key, ""])), ...args, namespace, ...unlooked };
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`justdb-cloud:${key}`, text(value)]));
}

/** A Secret of this type must have these keys, of which a preview tells nothing as long as one of them is not known. */
const withKeys = (object: Record<string, unknown>) =>
    object.type === "kubernetes.io/basic-auth"
        ? { ...object, data: { username: anything, password: anything } }
        : object;

/** The objects that a plan holds, as the provider would send them. */
const objectsOf = (planned: PlannedResource[]) =>
    planned
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(({ inputs }) => inputs)
        .filter(({ apiVersion, kind }) => apiVersion !== undefined && kind !== undefined)
        .map((object) => withAnything<object>(withKeys(object)));

/** Fails with what the API server says of objects that it would not take, to the last field. Nothing is stored. */
const taken = (objects: object[]) =>
    kubectl(
        [
            ...["apply", "--server-side", "--dry-run=server", "--validate=strict"],
            ...["--force-conflicts", "--field-manager=justdb-cloud", "-f", "-"],
        ],
        JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
    );

/** Of definitions that are in no registry, the one by which a cluster shows that it has them. No object of its kind is made. */
const standIn = (group: string, name: string, kind: string, plural: string) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
        group,
        names: { kind, plural, singular: kind.toLowerCase() },
        scope: "Namespaced",
        versions: [{ name, served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
});

const definitions = async () => [
    ...(await traefikDefinitions()),
    ...(await certManagerDefinitions()),
    ...(await argoRolloutsDefinitions()),
    ...(await istioDefinitions()),
    standIn("policy.linkerd.io", "v1alpha1", "AuthorizationPolicy", "authorizationpolicies"),
    standIn("eks.amazonaws.com", "v1", "TargetGroupBinding", "targetgroupbindings"),
];

describe(`combinations of ${Object.keys(factors).join(", ")}`, function () {
    this.timeout(120_000);

    before(async () => {
        await installDefinitions(await definitions());
        await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]);
    });

    after(async () => {
        await removeNamespaces(namespace);
        await removeDefinitions(await definitions());
    });

    it("are refused by a message that says what to do, or are possible; each value is so in one", () => {
        for (const { key, allowed, fix } of all.flatMap(({ problems }) => problems)) {
            assert.ok((keys as string[]).includes(key), key);
            assert.ok(allowed !== "" && fix !== "", key);
        }
        for (const [index, [factor, values]] of Object.entries(factors).entries()) {
            assert.deepEqual(new Set(possible.map((row) => row[index])), new Set(Object.keys(values)), factor);
        }
    });

    it("are held against the definitions: a field that these do not have is refused", async () => {
        const spec = { mtls: { mode: "STRICT", mood: "good" } };
        const metadata = { name: "stranger", namespace };
        const stranger = { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", metadata, spec };
        await assert.rejects(taken([stranger]), /unknown field "(?:spec\.mtls\.)?mood"/);
    });

    for (const row of pairwise(possible)) {
        it(row.join(", "), async () => {
            const { planned, found } = await makePlan("dev", policyPack, configOf(argsOf(row)));
            assert.deepEqual(found, []);
            const objects = objectsOf(planned);
            assert.ok(objects.length > 20, `only ${objects.length} objects`);
            await taken(objects);
        });
    }
});

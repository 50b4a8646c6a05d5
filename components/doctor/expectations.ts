// What a stack takes for granted of its cluster and its account, as scripts/doctor.py reads it: from what the parts say of themselves.
import type * as pulumi from "@pulumi/pulumi";
import { appPort, names as app } from "../app/names";
import { names as archive } from "../archive/names";
import { usesArchive } from "../archive/uses";
import { maxAge } from "../backup/age";
import { metricsPort, names as backup } from "../backup/names";
import { archivePluginChartLabels, archivePluginLabels, names as database, operatorLabels } from "../database/names";
import { operatorImage } from "../database/settings";
import { isRollout } from "../delivery/workload";
import { pulledImages } from "../images/pulled";
import type { Labels } from "../lib/labels";
import type { Requirement } from "../lib/requirement";
import { names as limits } from "../namespace/names";
import { demands, type Key, requirements, type Resolved } from "../parts";
import { namedSecrets } from "../secrets/existing";
import { monitoringApi } from "../sight/names";
import { expiryDays } from "../storage/storage";

type Text = pulumi.Input<string>;

/** Who acts on the objects of an API. */
interface Operator {
    what: string;
    api: string;
    /** Empty: in any. */
    namespace: string;
    selectors: string[];
    /** The version that this one was tried with. */
    tried: string;
    /** Whether others may do its work: then nothing is said where it has no pods. */
    replaceable?: true;
}

/** An API that says by an annotation of its definition which version it is of. */
interface Versioned {
    what: string;
    definition: string;
    annotation: string;
    tried: string;
}

interface ExistingSecret {
    setting: Key;
    name: Text;
    /** Whether the database's operator must see its changes. */
    reload: boolean;
}

export interface Expectations {
    leastKubernetes: string;
    namespace: string;
    createNamespace: boolean;
    /** What the stack's namespace, or its LimitRange, says of whose it is. */
    owner: string;
    limits: string;
    /** What the stack can have at once. */
    quota: Record<string, number>;
    scales: boolean;
    dnsCidrs: string[];
    kubernetesApi: { ports: number[]; cidrs: string[] };
    requirements: Requirement[];
    operators: Operator[];
    versioned: Versioned[];
    /** By the settings that name them; an empty one is the default class. */
    storageClasses: Partial<Record<Key, string>>;
    images: Partial<Record<Key, Text>>;
    secrets: ExistingSecret[];
    database: { cluster: string; name: string } | null;
    archive: { store: string; maxAgeHours: number } | null;
    exporter: { name: string; port: number };
    app: { name: string; port: number };
    buckets: {
        /** By whose pods the names of buckets are known that the provider has named. */
        cronJob: string;
        variables: Record<BucketKind, string>;
        names: Record<BucketKind, string>;
        /** Whether they were there before, and are set up by somebody else. */
        existing: boolean;
        /** Whether they are AWS's. */
        ofAws: boolean;
        encryption: Resolved["storageEncryption"];
        /** Days of each rule. */
        lifecycle: Record<BucketKind, Record<string, number>>;
    };
}

type BucketKind = "schemas" | "backups";

/** The first version that knows all that the stack's objects say: the labels of Jobs, by which `delivery` finds its own. */
const leastKubernetes = "1.27";

/** Pure. */
export const expectations = (s: Resolved, owner: string): Expectations => ({
    leastKubernetes,
    namespace: s.namespace,
    createNamespace: s.createNamespace,
    owner,
    limits: limits.limits,
    quota: {
        pods: demands(s).reduce((sum, { pods }) => sum + pods, 0),
        persistentvolumeclaims: demands(s).reduce((sum, { volumes }) => sum + volumes, 0),
    },
    scales: s.appMaxReplicas > s.appReplicas,
    dnsCidrs: s.dnsCidrs,
    kubernetesApi: { ports: s.kubernetesApiPorts, cidrs: s.kubernetesApiCidrs },
    requirements: requirements(s),
    operators: operators(s),
    versioned: s.edge === "gateway" ? [gatewayApi] : [],
    storageClasses: {
        // Drills claim one of it too, whoever runs the database.
        postgresStorageClass: s.postgresStorageClass,
        ...(s.redisMode === "inCluster" ? { redisStorageClass: s.redisStorageClass } : {}),
    },
    images: images(s),
    secrets: secrets(s),
    database: s.postgresMode === "managed" ? { cluster: database.cluster, name: s.postgresDatabase } : null,
    archive:
        s.postgresMode === "managed" && s.postgresArchive
            ? { store: archive.archive, maxAgeHours: maxAge(s.archiveSchedule, 1, s.operationsDeadlineHours) }
            : null,
    exporter: { name: backup.metrics, port: metricsPort },
    app: { name: app.app, port: appPort },
    buckets: {
        cronJob: backup.backup,
        variables: { schemas: "SCHEMAS_BUCKET", backups: "BACKUPS_BUCKET" },
        names: { schemas: s.schemasBucketName, backups: s.backupsBucketName },
        existing: s.storageExistingBuckets,
        ofAws: !(s.storageExistingBuckets && s.storageExistingSecret !== ""),
        encryption: s.storageEncryption,
        lifecycle: expiryDays(s),
    },
});

const selector = (labels: Labels) =>
    Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(",");

const named = (name: string) => selector({ "app.kubernetes.io/name": name });

const gatewayApi: Versioned = {
    what: "the Gateway API",
    definition: "httproutes.gateway.networking.k8s.io",
    annotation: "gateway.networking.k8s.io/bundle-version",
    tried: "1.5",
};

const postgresApi = "postgresql.cnpg.io/v1/Cluster";

function operators(s: Resolved): Operator[] {
    const [, tried = ""] = /:(\d+\.\d+)/.exec(operatorImage) ?? [];
    const beside = { namespace: s.postgresOperatorNamespace };
    return [
        ...(s.postgresMode === "managed"
            ? [{ ...beside, what: "CloudNativePG", api: postgresApi, selectors: [selector(operatorLabels)], tried }]
            : []),
        ...(usesArchive(s)
            ? [
                  {
                      ...beside,
                      what: "the plugin barman-cloud",
                      api: "barmancloud.cnpg.io/v1/ObjectStore",
                      selectors: [selector(archivePluginLabels), selector(archivePluginChartLabels)],
                      tried: "0.14",
                  },
              ]
            : []),
        ...(isRollout(s)
            ? [
                  {
                      what: "Argo Rollouts",
                      api: "argoproj.io/v1alpha1/Rollout",
                      namespace: "",
                      selectors: [named("argo-rollouts")],
                      tried: "1.9",
                  },
              ]
            : []),
        ...(s.tlsIssuer === ""
            ? []
            : [
                  {
                      what: "cert-manager",
                      api: "cert-manager.io/v1/Certificate",
                      namespace: "",
                      selectors: [named("cert-manager")],
                      tried: "1.11",
                  },
              ]),
        ...(s.metricsScrape === "prometheusOperator"
            ? [
                  {
                      what: "the Prometheus operator",
                      api: `${monitoringApi}/ServiceMonitor`,
                      namespace: "",
                      // As its own release has it, and the chart kube-prometheus-stack.
                      selectors: [
                          named("prometheus-operator"),
                          selector({ "app.kubernetes.io/component": "prometheus-operator" }),
                      ],
                      tried: "0.85",
                      // Other programs read monitors too, and install the definitions alone.
                      replaceable: true as const,
                  },
              ]
            : []),
    ];
}

/** What is pulled, and what an upgrade of the database starts from. */
const images = (s: Resolved): Partial<Record<Key, Text>> => ({
    ...pulledImages(s),
    ...(s.postgresUpgradeFrom === "" ? {} : { postgresUpgradeFrom: s.postgresUpgradeFrom }),
});

function secrets(s: Resolved): ExistingSecret[] {
    const own = namedSecrets(s).filter(({ namespace }) => namespace === s.namespace);
    return [
        ...own.map(({ setting, name }) => ({
            setting,
            name,
            reload: setting === "postgresExistingSecret" && s.postgresMode === "managed",
        })),
        ...(s.tlsSecret === "" ? [] : [{ setting: "tlsSecret" as const, name: s.tlsSecret, reload: false }]),
    ];
}

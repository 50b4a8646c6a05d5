import { isIPv4 } from "node:net";
import { covers } from "./lib/cidr";
import { names, ports, selectors } from "./lib/names";
import { archiveSource } from "./lib/restore-source";
import type { Resolved } from "./resolve";

interface Labels {
    matchLabels?: Record<string, string>;
    matchExpressions?: { key: string; operator: "Exists" }[];
}

/** One end of a flow: pods, or addresses. */
export interface Peer {
    namespaceSelector?: Labels;
    podSelector?: Labels;
    ipBlock?: { cidr: string; except?: string[] };
}

export interface Flow {
    /** What is allowed, as the end of a name. */
    name: string;
    /** Labels of the pods that the policy is about. */
    pods: Record<string, string>;
    /** Who may call these pods. */
    from?: Peer[];
    /** Whom these pods may call. */
    to?: Peer[];
    ports: { port: number; protocol?: "TCP" | "UDP" }[];
}

const metadataAddresses = "169.254.0.0/16";
const privateAddresses = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", metadataAddresses];

const pods = (matchLabels: Record<string, string>): Peer => ({ podSelector: { matchLabels } });
const clients = (cidrs: string[]): Peer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
/** No range of addresses opens the way to the metadata service, however wide it is. */
const addresses = (cidrs: string[]): Peer[] =>
    cidrs.map((cidr) => ({
        ipBlock: { cidr, ...(covers(cidr, metadataAddresses) ? { except: [metadataAddresses] } : {}) },
    }));
const anywhere = (except: string[]): Peer[] => [{ ipBlock: { cidr: "0.0.0.0/0", except } }];
const inNamespace = (name: string, matchLabels?: Record<string, string>): Peer => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    ...(matchLabels ? { podSelector: { matchLabels } } : {}),
});

/** Every connection that the wiring needs, and no other. Pure. */
export function flows(s: Resolved): Flow[] {
    return [
        dns("app", selectors.app),
        dns("migrations", selectors.migrations),
        dns("backup", selectors.backup),
        dns("restore", selectors.restore),
        dns("drill", selectors.drill),
        dns("backup-metrics", selectors.backupMetrics),
        {
            name: "app-from-ingress",
            pods: selectors.app,
            from: [inNamespace(s.ingressNamespace, s.ingressPodLabels)],
            ports: [{ port: ports.app }],
        },
        ...(s.serviceType === "LoadBalancer" ? [fromLoadBalancer(s)] : []),
        storage("app", selectors.app, s),
        storage("migrations", selectors.migrations, s),
        storage("backup", selectors.backup, s),
        storage("restore", selectors.restore, s),
        // The way to the live database is not among a drill's.
        storage("drill", selectors.drill, s),
        storage("backup-metrics", selectors.backupMetrics, s),
        {
            name: "backup-metrics-from-monitoring",
            pods: selectors.backupMetrics,
            from: [inNamespace(s.monitoringNamespace)],
            ports: [{ port: ports.metrics }],
        },
        ...(s.otlpEndpoint === "" ? [] : [telemetry(s.otlpEndpoint)]),
        ...(s.postgresMode === "managed"
            ? managedPostgres(s)
            : [
                  external("app", selectors.app, "postgres", s.postgresCidrs, s.postgresPort),
                  external("migrations", selectors.migrations, "postgres", s.postgresCidrs, s.postgresPort),
                  external("backup", selectors.backup, "postgres", s.postgresCidrs, s.postgresPort),
                  external("restore", selectors.restore, "postgres", s.postgresCidrs, s.postgresPort),
              ]),
        ...(s.redisMode === "inCluster"
            ? between("app", selectors.app, "redis", selectors.redis, ports.redis)
            : [external("app", selectors.app, "redis", s.redisCidrs, s.redisPort)]),
    ];
}

function dns(part: string, of: Record<string, string>): Flow {
    return {
        name: `${part}-to-dns`,
        pods: of,
        to: [inNamespace("kube-system", { "k8s-app": "kube-dns" })],
        ports: [
            { port: ports.dns, protocol: "UDP" },
            { port: ports.dns, protocol: "TCP" },
        ],
    };
}

const fromLoadBalancer = (s: Resolved): Flow => ({
    name: "app-from-load-balancer",
    pods: selectors.app,
    from: clients(s.loadBalancerSourceRanges),
    ports: [{ port: ports.app }],
});

/** A connection between two parts takes leave to call on the one side, and leave to be called on the other. */
function between(
    caller: string,
    callers: Record<string, string>,
    callee: string,
    callees: Record<string, string>,
    port: number,
): Flow[] {
    return [
        { name: `${caller}-to-${callee}`, pods: callers, to: [pods(callees)], ports: [{ port }] },
        { name: `${callee}-from-${caller}`, pods: callees, from: [pods(callers)], ports: [{ port }] },
    ];
}

const external = (
    caller: string,
    callers: Record<string, string>,
    callee: string,
    cidrs: string[],
    port: number,
): Flow => ({ name: `${caller}-to-${callee}`, pods: callers, to: addresses(cidrs), ports: [{ port }] });

/**
 * What the operator is reached by, and reaches: its webhooks, the Kubernetes API, every database that it runs, and the plugin for
 * archives, which lives beside it, and which databases of others may need where this one has no archive. Pure.
 */
export function operatorFlows(s: Resolved): Flow[] {
    return [
        dns("operator", selectors.operator),
        ...archivePlugin("archive-plugin", selectors.archivePlugin, s),
        ...archivePlugin("archive-plugin-of-chart", selectors.archivePluginOfChart, s),
        {
            name: "operator-from-kubernetes-api",
            pods: selectors.operator,
            // It calls from a node, or from outside of the cluster: no policy can name it.
            from: anywhere([metadataAddresses]),
            ports: [{ port: ports.operatorWebhook }],
        },
        kubernetesApi("operator", selectors.operator, s),
        {
            name: "operator-to-databases",
            pods: selectors.operator,
            to: [
                {
                    namespaceSelector: {},
                    podSelector: { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
                },
            ],
            ports: [{ port: ports.postgres }, { port: ports.postgresStatus }],
        },
    ];
}

const archivePlugin = (part: string, of: Record<string, string>, s: Resolved): Flow[] => [
    dns(part, of),
    kubernetesApi(part, of, s),
    ...between("operator", selectors.operator, part, of, ports.archivePlugin),
];

const kubernetesApi = (part: string, of: Record<string, string>, s: Resolved): Flow => ({
    name: `${part}-to-kubernetes-api`,
    pods: of,
    to: s.kubernetesApiCidrs.length > 0 ? addresses(s.kubernetesApiCidrs) : anywhere([metadataAddresses]),
    ports: [{ port: 443 }, { port: 6443 }],
});

/** The instances replicate from each other, the operator watches them, and they report to the Kubernetes API. */
function managedPostgres(s: Resolved): Flow[] {
    const operator = inNamespace(s.postgresOperatorNamespace, selectors.operator);
    const archives = s.postgresArchive || archiveSource(s) !== undefined;
    const both = [{ port: ports.postgres }, { port: ports.postgresStatus }];
    return [
        dns("postgres", selectors.postgres),
        ...(archives ? [storage("postgres", selectors.postgres, s)] : []),
        ...between("app", selectors.app, "postgres", selectors.postgres, ports.postgres),
        ...between("migrations", selectors.migrations, "postgres", selectors.postgres, ports.postgres),
        ...between("backup", selectors.backup, "postgres", selectors.postgres, ports.postgres),
        ...between("restore", selectors.restore, "postgres", selectors.postgres, ports.postgres),
        {
            name: "postgres-to-postgres",
            pods: selectors.postgres,
            from: [pods(selectors.postgres)],
            to: [pods(selectors.postgres)],
            ports: both,
        },
        { name: "postgres-from-operator", pods: selectors.postgres, from: [operator], ports: both },
        kubernetesApi("postgres", selectors.postgres, s),
    ];
}

/** Public addresses only, unless told: neither pods, nor the Kubernetes API, nor the metadata service. */
function storage(part: string, of: Record<string, string>, s: Resolved): Flow {
    const endpoint =
        s.storageEndpoint === "" ? { to: anywhere(privateAddresses), port: 443 } : remote(s.storageEndpoint);
    return {
        name: `${part}-to-storage`,
        pods: of,
        to: s.storageCidrs.length > 0 ? addresses(s.storageCidrs) : endpoint.to,
        ports: [{ port: endpoint.port }],
    };
}

function telemetry(endpoint: string): Flow {
    const { to, port } = remote(endpoint);
    return { name: "app-to-telemetry", pods: selectors.app, to, ports: [{ port }] };
}

/** A Service's name tells its namespace; another name may stand for any public address. */
function remote(url: string): { to: Peer[]; port: number } {
    const { hostname, port, protocol } = new URL(url);
    const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(hostname) ?? [];
    const named = namespace ? [inNamespace(namespace)] : anywhere(privateAddresses);
    return {
        to: isIPv4(hostname) ? addresses([`${hostname}/32`]) : named,
        port: port === "" ? { "http:": 80, "https:": 443 }[protocol]! : Number(port),
    };
}

/** Name of a flow's NetworkPolicy in the cluster. */
export const policyName = (flow: string) => `${names.app}-${flow}`;

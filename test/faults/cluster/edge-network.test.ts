import assert from "node:assert/strict";
import * as net from "node:net";
import {
    apiServiceAddress,
    apply,
    awsEndpoint,
    dnsServiceAddress,
    nodeAddress,
    startLoadBalancers,
    stopLoadBalancers,
    stopTraefik,
    waitFor,
} from "../../../sandbox";
import { exec, podsReady, primary, removeNamespaces } from "../../support/cluster";
import { certificateOf } from "../../support/certificate";
import { EdgeLab, gateway as ofTraefik, host } from "../../support/edge-lab";
import { probePod } from "../../support/probe-pod";
import { forget, type Config } from "../../support/test-stack";

const lab = new EdgeLab("edge-network");
const { stack, namespace } = lab;
const [edgeNamespace, elsewhere, monitoring] = ["edge-network-gateway", "edge-network-elsewhere", "monitoring"];
const edgeLabels = { app: "gateway" };

interface Source {
    pod: string;
    namespace: string;
}

interface Target {
    host: string;
    port: number;
}

const jobs = ["migrations", "backup", "restore", "drill", "db-settled", "credentials-accepted", "doctor"];
const outside: [name: string, namespace: string, labels: Record<string, string>][] = [
    ["gateway", edgeNamespace, edgeLabels],
    ["beside-gateway", edgeNamespace, { app: "other" }],
    ["like-gateway", elsewhere, edgeLabels],
    // Two that are known by their addresses alone, as clients are and load balancers that are no pods.
    ["client", elsewhere, { app: "client" }],
    ["balancer", elsewhere, { app: "balancer" }],
    ["prometheus", monitoring, { app: "prometheus" }],
];

/** What may connect to what, whatever the edge is. */
const inside: Record<string, string[]> = {
    app: ["postgres", "redis", "s3", "dns"],
    postgres: ["dns", "api-server"],
    redis: [],
    "backup-metrics": ["s3", "dns"],
    "redis-metrics": ["redis", "dns"],
    migrations: ["postgres", "s3", "dns"],
    backup: ["postgres", "s3", "dns"],
    restore: ["postgres", "s3", "dns"],
    drill: ["s3", "dns"],
    "db-settled": ["api-server"],
    "credentials-accepted": ["s3", "dns"],
    doctor: ["backup-metrics", "dns", "api-server"],
    prometheus: ["app", "postgres-metrics", "redis-metrics", "backup-metrics"],
};

/** Of a pod that is not the stack's, only what it reaches in the stack is looked at. */
const notOfTheStack = ["s3", "dns", "api-server"];

/** Which of the targets a pod reaches. */
async function reached(source: Source, targets: [string, Target][]): Promise<string[]> {
    const tries = targets.map(
        ([name, { host, port }]) => `(timeout 3 bash -c '</dev/tcp/${host}/${port}' 2>/dev/null && echo ${name}) &`,
    );
    const names = await exec(source.pod, [...tries, "wait"].join(" "), source.namespace);
    return names.split("\n").filter((name) => name !== "");
}

/** Whether something listens: the node may connect to every pod. */
const listens = ({ host, port }: Target) =>
    new Promise<boolean>((resolve) => {
        const socket = net.connect({ host, port, timeout: 3000 });
        const done = (answer: boolean) => {
            socket.destroy();
            resolve(answer);
        };
        socket
            .on("connect", () => done(true))
            .on("error", () => done(false))
            .on("timeout", () => done(false));
    });

interface Running {
    sources: Record<string, Source>;
    targets: Record<string, Target>;
    /** Of the pods themselves, which are no targets of their own. */
    own: Record<string, string[]>;
}

/** The pods as they are now. */
async function running(): Promise<Running> {
    const [app, otherApp] = await podsReady("app=justdb-cloud", 2, namespace);
    const [redis] = await podsReady("app=justdb-redis", 1, namespace);
    const [metrics] = await podsReady("app=justdb-backup-metrics", 1, namespace);
    const [redisMetrics] = await podsReady("app=justdb-redis-metrics", 1, namespace);
    const [database] = await podsReady("cnpg.io/cluster=justdb-db", 1, namespace);
    assert.equal(database!.metadata.name, await primary(namespace));
    const at = (pod: typeof app, port: number) => ({ host: pod!.status.podIP as string, port });
    const here = (pod: string) => ({ pod, namespace });
    return {
        sources: {
            app: here(app!.metadata.name),
            postgres: here(database!.metadata.name),
            redis: here(redis!.metadata.name),
            "backup-metrics": here(metrics!.metadata.name),
            "redis-metrics": here(redisMetrics!.metadata.name),
            ...Object.fromEntries(jobs.map((job) => [job, here(`${job}-probe`)])),
            ...Object.fromEntries(outside.map(([pod, of]) => [pod, { pod, namespace: of }])),
        },
        targets: {
            app: at(otherApp, 8080),
            postgres: at(database, 5432),
            "postgres-status": at(database, 8000),
            "postgres-metrics": at(database, 9187),
            redis: at(redis, 6379),
            "redis-metrics": at(redisMetrics, 9121),
            "backup-metrics": at(metrics, 9187),
            s3: { host: nodeAddress, port: Number(new URL(awsEndpoint).port) },
            dns: { host: dnsServiceAddress, port: 53 },
            "api-server": { host: apiServiceAddress, port: 443 },
        },
        own: {
            postgres: ["postgres", "postgres-status", "postgres-metrics"],
            redis: ["redis"],
            ...Object.fromEntries(["backup-metrics", "redis-metrics"].map((name) => [name, [name]])),
        },
    };
}

/** Source -> what it reaches, of everything that it is tried on. */
async function table({ sources, targets, own }: Running): Promise<Record<string, string[]>> {
    const rows = Object.entries(sources).map(async ([name, source]): Promise<[string, string[]]> => {
        const left = [...(own[name] ?? []), ...(source.namespace === namespace ? [] : notOfTheStack)];
        const tried = Object.entries(targets).filter(([target]) => !left.includes(target));
        return [name, (await reached(source, tried)).sort()];
    });
    return Object.fromEntries(await Promise.all(rows));
}

/** In this order: it is one stack, whose edge changes. */
describe("the connections of a stack, by each edge", function () {
    this.timeout(2_400_000);
    const address: Record<string, string> = {};

    before(async () => {
        await stack.up();
        await apply(
            [edgeNamespace, elsewhere, monitoring].map((name) => ({
                apiVersion: "v1",
                kind: "Namespace",
                metadata: { name },
            })),
        );
        await apply([
            ...jobs.map((job) => probePod(`${job}-probe`, namespace, { app: `justdb-${job}` })),
            ...outside.map((one) => probePod(...one)),
        ]);
        for (const [name, of, { app }] of outside) {
            const [pod] = await podsReady(`app=${app}`, 1, of);
            address[name] = pod!.status.podIP as string;
        }
        await lab.startTraefik((await certificateOf(host)).authority);
        startLoadBalancers();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopLoadBalancers();
        await stopTraefik();
        await removeNamespaces(edgeNamespace, elsewhere, monitoring);
    });

    const nobody: Config = { ingressNamespace: "", ingressPodLabels: "{}" };
    const callers: Config = { ingressNamespace: edgeNamespace, ingressPodLabels: JSON.stringify(edgeLabels) };
    const named: Config = { ...callers, host, allowPlainHttp: "true" };
    const range = (name: string) => JSON.stringify([`${address[name]}/32`]);

    /** Who calls the app, by each edge. */
    const edges: [title: string, config: () => Config, admitted: string[]][] = [
        ["none, for nobody", () => nobody, []],
        ["none, with a controller of one's own in front", () => callers, ["gateway"]],
        [
            "ingress",
            () => ({ ...named, edge: "ingress", ingressClass: "traefik", ingressController: "traefik" }),
            ["gateway"],
        ],
        [
            "gateway, and a load balancer that is no pod",
            // It is drained for no longer, which would only take time here.
            () => ({ ...ofTraefik, ...named, edgeCidrs: range("balancer"), drainSeconds: "10" }),
            ["gateway", "balancer"],
        ],
        [
            "loadBalancer",
            () => ({ ...nobody, edge: "loadBalancer", loadBalancerSourceRanges: range("client") }),
            ["client"],
        ],
    ];

    for (const [title, config, admitted] of edges) {
        it(`${title}: each one that is meant is made, and no other`, async () => {
            await stack.up(config());
            const now = await running();
            for (const [name, target] of Object.entries(now.targets)) {
                assert.ok(await listens(target), `what is refused would answer: ${name}`);
            }
            const expected = Object.fromEntries(
                Object.keys(now.sources).map((name) => [
                    name,
                    [...(inside[name] ?? []), ...(admitted.includes(name) ? ["app"] : [])].sort(),
                ]),
            );
            // The policies of a new pod are in force a moment after it runs.
            let made: Record<string, string[]> = {};
            await waitFor("the table of connections", 60_000, async () => {
                made = await table(now);
                return JSON.stringify(made) === JSON.stringify(expected);
            }).catch(() => assert.deepEqual(made, expected));
        });
    }
});

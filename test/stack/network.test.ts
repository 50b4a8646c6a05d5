import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import {
    apiServiceAddress,
    apply,
    awsEndpoint,
    bridge,
    kubectl,
    nodeAddress,
    run,
    versions,
    waitFor,
} from "../../sandbox";
import {
    connects,
    exec,
    get,
    isReady,
    list,
    namespace,
    podsReady,
    primary,
    removeNamespaces,
} from "../support/cluster";
import { request } from "../support/http";
import { probePod } from "../support/probe-pod";

const metadataAddress = "169.254.169.254";
/** Of a DNS server on the node, as NodeLocal DNSCache is one: among dnsCidrs of the stack. */
const nodeDnsAddress = "169.254.20.10";
const outside = "network-outside";
const ingress = "traefik";
const monitoring = "monitoring";

/** A pod that listens on 8080 and that the tests connect from. */
function probe(inNamespace: string, labels: Record<string, string> = {}): object[] {
    const listen = "while true; do sleep 3600; done";
    const container = { name: "probe", image: versions.images.redis, command: ["bash", "-c", listen] };
    const server = {
        name: "server",
        image: versions.images.redis,
        command: ["redis-server", "--port", "8080", "--protected-mode", "no"],
    };
    return [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: inNamespace } },
        {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "probe", namespace: inNamespace, labels: { app: "probe", ...labels } },
            spec: { terminationGracePeriodSeconds: 0, containers: [container, server] },
        },
    ];
}

/** A pod in the place of a drill's, which itself is over too soon to connect from. */
const drill = probePod("drill-probe", namespace, { app: "justdb-drill" });

describe("network policies, by real connections", () => {
    /** Something must answer where a refusal is to prove something. */
    const listeners = [metadataAddress, nodeDnsAddress].flatMap((address) =>
        [53, 80].map((port) => ({ address, port })),
    );
    const servers = listeners.map(() => http.createServer((_request, response) => response.end("credentials")));
    let app: string;
    let otherApp: string;
    let appAddress: string;
    let database: string;
    let databaseAddress: string;
    const redis = "justdb-redis-0";
    let redisAddress: string;
    let outsideAddress: string;
    let metricsAddress: string;
    let redisMetricsAddress: string;
    const s3Port = Number(new URL(awsEndpoint).port);

    before(async () => {
        await apply([
            ...probe(outside),
            ...probe(ingress, { "app.kubernetes.io/name": "traefik" }),
            ...probe(monitoring),
            drill,
        ]);
        for (const address of [metadataAddress, nodeDnsAddress])
            await run("ip", ["addr", "add", `${address}/32`, "dev", bridge]);
        for (const [index, server] of servers.entries()) {
            const { address, port } = listeners[index]!;
            await new Promise<void>((resolve) => server.listen(port, address, resolve));
            assert.equal((server.address() as AddressInfo).address, address);
        }
        const address = (pod: { status: { podIP: string } }) => pod.status.podIP;
        const apps = await podsReady("app=justdb-cloud", 2);
        [app, otherApp] = [apps[0]!.metadata.name, apps[1]!.metadata.name];
        appAddress = address(apps[1]!);
        database = await primary();
        databaseAddress = address((await list("pods", namespace, `cnpg.io/instanceName=${database}`))[0]!);
        redisAddress = address((await list("pods", namespace, `statefulset.kubernetes.io/pod-name=${redis}`))[0]!);
        outsideAddress = address((await podsReady("app=probe", 1, outside))[0]!);
        await podsReady("app=probe", 1, ingress);
        await podsReady("app=probe", 1, monitoring);
        metricsAddress = address((await podsReady("app=justdb-backup-metrics", 1))[0]!);
        redisMetricsAddress = address((await podsReady("app=justdb-redis-metrics", 1))[0]!);
        await waitFor("the drill's probe", 60_000, async () => isReady(await get("pod", "drill-probe")));
        // The policies of a new pod are in force a moment after it runs.
        await waitFor("the policies of the drill's probe", 60_000, async () => {
            const permitted = await connects("drill-probe", nodeAddress, s3Port);
            return permitted && !(await connects("drill-probe", databaseAddress, 5432));
        });
    });

    after(async () => {
        for (const server of servers) server.close();
        for (const address of [metadataAddress, nodeDnsAddress])
            await run("ip", ["addr", "del", `${address}/32`, "dev", bridge]);
        await kubectl(["-n", namespace, "delete", "pod", "drill-probe"]);
        await removeNamespaces(outside, ingress, monitoring);
    });

    describe("every flow of the wiring works", () => {
        // One try may be lost on a busy machine.
        const reaches = (from: string, host: string, port: number, of = namespace) =>
            waitFor(`${of}/${from} to reach ${host}:${port}`, 15_000, () => connects(from, host, port, of));

        it("app to PostgreSQL, Redis, S3 and DNS", async () => {
            await reaches(app, "justdb-postgres", 5432);
            await reaches(app, "justdb-redis", 6379);
            await reaches(app, nodeAddress, s3Port);
            assert.match(await exec(app, "getent hosts justdb-postgres"), /justdb-postgres/);
        });

        it("app, PostgreSQL and a drill to a DNS server on the node", async () => {
            for (const pod of [app, database, "drill-probe"]) await reaches(pod, nodeDnsAddress, 53);
        });

        it("ingress controller to the app", async () => {
            await reaches("probe", appAddress, 8080, ingress);
        });

        it("Prometheus to the metrics of the app, PostgreSQL, Redis and backups", async () => {
            await reaches("probe", appAddress, 8080, monitoring);
            await reaches("probe", databaseAddress, 9187, monitoring);
            await reaches("probe", redisMetricsAddress, 9121, monitoring);
            await reaches("probe", metricsAddress, 9187, monitoring);
        });

        it("drill to S3", async () => {
            await reaches("drill-probe", nodeAddress, s3Port);
        });

        it("PostgreSQL's instance manager to the API server, and its archive to S3", async () => {
            await reaches(database, apiServiceAddress, 443);
            await reaches(database, nodeAddress, s3Port);
        });
    });

    describe("everything else is refused", () => {
        /** Each takes the seconds that a connection is waited for, so they are tried at once. */
        const refused = (from: string, addresses: [host: string, port: number][], of = namespace) =>
            Promise.all(
                addresses.map(async ([host, port]) =>
                    assert.equal(await connects(from, host, port, of), false, `${of}/${from} reached ${host}:${port}`),
                ),
            );

        it("what is refused would answer: a pod with no policy reaches the metadata address and another namespace", async () => {
            for (const { address, port } of listeners) assert.ok(await connects("probe", address, port, outside));
            assert.ok(await connects("probe", outsideAddress, 8080, ingress));
        });

        it("an address that no Service has leads nowhere, and not out of the machine", async () => {
            assert.equal((await request("GET", "http://10.96.255.254", {}, undefined, 5000)).status, undefined);
        });

        it("from the app: the API server, the metadata address, another port of the node's DNS, another namespace, another app pod", async () => {
            await refused(app, [
                [apiServiceAddress, 443],
                [nodeAddress, 6443],
                [metadataAddress, 80],
                [metadataAddress, 53],
                [nodeDnsAddress, 80],
                [outsideAddress, 8080],
                [appAddress, 8080],
            ]);
            await refused(otherApp, [[databaseAddress, 8000]]);
        });

        it("from Redis: the app, PostgreSQL, S3, DNS, the API server, the metadata address, another namespace", async () => {
            await refused(redis, [
                [nodeDnsAddress, 53],
                [appAddress, 8080],
                [databaseAddress, 5432],
                [nodeAddress, s3Port],
                [apiServiceAddress, 443],
                [metadataAddress, 80],
                [outsideAddress, 8080],
            ]);
        });

        it("from PostgreSQL: the app, Redis, the metadata address, another namespace", async () => {
            await refused(database, [
                [appAddress, 8080],
                [redisAddress, 6379],
                [metadataAddress, 80],
                [outsideAddress, 8080],
            ]);
        });

        it("from a drill: PostgreSQL, the app, Redis, the API server, another namespace", async () => {
            await refused("drill-probe", [
                [databaseAddress, 5432],
                [appAddress, 8080],
                [redisAddress, 6379],
                [apiServiceAddress, 443],
                [outsideAddress, 8080],
            ]);
        });

        it("from another namespace: the app, PostgreSQL, Redis, all metrics", async () => {
            await refused(
                "probe",
                [
                    [metricsAddress, 9187],
                    [redisMetricsAddress, 9121],
                    [databaseAddress, 9187],
                    [appAddress, 8080],
                    [databaseAddress, 5432],
                    [databaseAddress, 8000],
                    [redisAddress, 6379],
                ],
                outside,
            );
        });

        it("from Prometheus: PostgreSQL and Redis themselves", async () => {
            await refused(
                "probe",
                [
                    [databaseAddress, 5432],
                    [databaseAddress, 8000],
                    [redisAddress, 6379],
                ],
                monitoring,
            );
        });

        it("from the ingress controller: PostgreSQL and Redis", async () => {
            await refused(
                "probe",
                [
                    [databaseAddress, 5432],
                    [redisAddress, 6379],
                ],
                ingress,
            );
        });
    });
});

import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { Collection } from "../../../../tools/bundle/parts";
import { prometheusPart, proxyPath } from "../../../../tools/bundle/prometheus";
import type { Target } from "../../../../tools/lib/target";

const answer = JSON.stringify({
    status: "success",
    data: {
        alerts: [
            { labels: { alertname: "Ours", namespace: "own" } },
            { labels: { alertname: "Other", namespace: "x" } },
        ],
    },
});

/** What is collected, and what kubectl was asked. */
async function collected(url: string | undefined, settings: Target["settings"] = {}) {
    const asked: string[] = [];
    const kubectl = (args: string[]) => Promise.resolve((asked.push(args.join(" ")), answer));
    const collection = new Collection();
    await prometheusPart(url)(collection, { stack: "", folder: "", namespace: "own", settings, kubectl });
    return { ...collection, asked };
}

describe("the alerts of a bundle", () => {
    it("come by the API server from a Prometheus in the cluster", async () => {
        const { files, asked } = await collected("http://prometheus.monitoring.svc:9090");
        assert.deepEqual(asked, [
            "get --raw /api/v1/namespaces/monitoring/services/http:prometheus:9090/proxy/api/v1/alerts",
        ]);
        assert.match(files["alerts.yaml"]!, /Ours/);
    });

    it("are those of the namespace", async () => {
        assert.doesNotMatch((await collected("http://p.m.svc")).files["alerts.yaml"]!, /Other/);
    });

    it("come from the Prometheus that judges new versions, where no other is named", async () => {
        const settings = { "justdb-cloud:analysisPrometheus": { value: "https://p.m.svc.cluster.local/base/" } };
        const { asked } = await collected(undefined, settings);
        assert.deepEqual(asked, ["get --raw /api/v1/namespaces/m/services/https:p:443/proxy/base/api/v1/alerts"]);
    });

    it("are left out where no Prometheus is known", async () => {
        assert.deepEqual((await collected(undefined)).files, {});
    });

    it("come from any other URL as they are", async () => {
        const server = http.createServer((_, response) => response.end(answer)).listen(0, "127.0.0.1");
        await new Promise((resolve) => server.once("listening", resolve));
        try {
            const { port } = server.address() as AddressInfo;
            const { files, asked } = await collected(`http://127.0.0.1:${port}`);
            assert.match(files["alerts.yaml"]!, /Ours/);
            assert.deepEqual(asked, []);
        } finally {
            server.close();
        }
    });

    it("stop nothing when Prometheus cannot be reached", async () => {
        const { errors } = await collected("http://127.0.0.1:1");
        assert.match(errors.join(), /^alerts\.yaml: /);
    });

    it("need no other way for a name elsewhere", () =>
        assert.equal(proxyPath(new URL("https://p.example.com")), undefined));
});

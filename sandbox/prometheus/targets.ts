// The daemon: tells Prometheus, whenever it asks, which pods of the app there are in one namespace. The environment says at which cluster.
import * as http from "node:http";
import { appPods, appPort } from "../../components/app/names";
import { nodeAddress } from "../cluster/addresses";
import { Api } from "../providers/kubernetes/api";
import { findCluster } from "../providers/kubernetes/kubeconfig";
import { targetsPort } from "./objects";

interface Pod {
    metadata: { name: string };
    status: { podIP?: string };
}

const labelSelector = Object.entries(appPods.labels).map(([label, value]) => `${label}=${value}`);

/** Each series has its pod's name and namespace, as those of the Prometheus operator do. */
async function targets(api: Api, namespace: string): Promise<object[]> {
    const query = { labelSelector: labelSelector.join() };
    const { items } = (await api.request(`/api/v1/namespaces/${namespace}/pods`, { query })) as unknown as {
        items: Pod[];
    };
    return items
        .filter(({ status }) => status.podIP)
        .map(({ metadata, status }) => ({
            targets: [`${status.podIP}:${appPort}`],
            labels: { namespace, pod: metadata.name },
        }));
}

const cluster = findCluster({}, process.env);
if (!cluster) throw new Error("KUBECONFIG names no cluster");
const api = new Api(cluster);
const [namespace] = process.argv.slice(2) as [string];

http.createServer((_, response) => {
    targets(api, namespace).then(
        (found) => response.setHeader("content-type", "application/json").end(JSON.stringify(found)),
        (error: Error) => {
            console.error(error.message);
            response.writeHead(503).end();
        },
    );
}).listen(targetsPort, nodeAddress);

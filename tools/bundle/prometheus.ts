// What Prometheus has to say of the stack: the alerts that are pending or firing in its namespace.
import { dump } from "js-yaml";
import type { Target } from "../lib/target";
import type { Part } from "./parts";

interface Answer {
    data: { alerts: { labels: Record<string, string> }[] };
}

const inCluster = /^([^.]+)\.([^.]+)\.svc(\.cluster\.local)?$/;

/** The path by which the API server leads to a Service, if the URL names one: from here its name is unknown. */
export function proxyPath(url: URL): string | undefined {
    const [, service, namespace] = inCluster.exec(url.hostname) ?? [];
    if (!service) return undefined;
    const scheme = url.protocol.slice(0, -1);
    const port = url.port || (scheme === "https" ? "443" : "80");
    const below = url.pathname.replace(/\/$/, "");
    return `/api/v1/namespaces/${namespace}/services/${scheme}:${service}:${port}/proxy${below}`;
}

async function ask(url: URL, kubectl: Target["kubectl"]): Promise<string> {
    const proxy = proxyPath(url);
    if (proxy) return kubectl(["get", "--raw", `${proxy}/api/v1/alerts`]);
    const response = await fetch(`${url.href.replace(/\/$/, "")}/api/v1/alerts`, {
        signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${url.host} answers ${response.status}`);
    return response.text();
}

/** `given`: its URL, by default the one that judges new versions. Without either it is not asked. */
export const prometheusPart =
    (given: string | undefined): Part =>
    async (collection, { namespace, settings, kubectl }) => {
        const url = given || settings["justdb-cloud:analysisPrometheus"]?.value;
        if (!url) return;
        await collection.add("alerts.yaml", async () => {
            const { data } = JSON.parse(await ask(new URL(url), kubectl)) as Answer;
            return dump(data.alerts.filter(({ labels }) => labels.namespace === namespace));
        });
    };

// The sandbox's API server by plain HTTPS, as its administrator: for tests with so many requests that a kubectl for each would take minutes.
import * as fs from "node:fs";
import * as https from "node:https";
import { kubeconfig } from "../../sandbox";

export interface Answer {
    status: number;
    message: string;
    /** What it warns of, in its own words. */
    warnings: string[];
}

type Named = Record<string, Record<string, string>>;

/** The texts of a Warning header: `299 - "…", 299 - "…"`. */
const warningsIn = (header = "") =>
    [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!.replace(/\\(.)/g, "$1"));

/** The message of a Status, which is the answer to what it refuses. */
function messageIn(text: string): string {
    try {
        return (JSON.parse(text) as { message?: string }).message ?? "";
    } catch {
        return text;
    }
}

export class ApiServer {
    private readonly url: string;
    private readonly agent: https.Agent;

    constructor() {
        const config = JSON.parse(fs.readFileSync(kubeconfig, "utf8")) as { clusters: Named[]; users: Named[] };
        const { server, ...cluster } = config.clusters[0]!.cluster!;
        const user = config.users[0]!.user!;
        const pem = (data?: string) => Buffer.from(data!, "base64");
        this.url = server!;
        this.agent = new https.Agent({
            keepAlive: true,
            ca: pem(cluster["certificate-authority-data"]),
            cert: pem(user["client-certificate-data"]),
            key: pem(user["client-key-data"]),
        });
    }

    /** What it would say of a new object; nothing is stored. */
    create(path: string, object: object): Promise<Answer> {
        return this.dryRun("POST", path, "application/json", object);
    }

    /** What it would say of a change; nothing is stored. */
    patch(path: string, change: object): Promise<Answer> {
        return this.dryRun("PATCH", path, "application/strategic-merge-patch+json", change);
    }

    private dryRun(method: string, path: string, type: string, body: object): Promise<Answer> {
        const { agent } = this;
        return new Promise((resolve, reject) => {
            const options = { agent, method, headers: { "content-type": type } };
            const request = https.request(`${this.url}/${path}?dryRun=All`, options, (response) => {
                let text = "";
                response.setEncoding("utf8");
                response.on("data", (chunk: string) => (text += chunk));
                response.on("error", reject);
                response.on("end", () => {
                    const { statusCode = 0, headers } = response;
                    resolve({ status: statusCode, message: messageIn(text), warnings: warningsIn(headers.warning) });
                });
            });
            request.on("error", reject);
            request.end(JSON.stringify(body));
        });
    }

    close(): void {
        this.agent.destroy();
    }
}

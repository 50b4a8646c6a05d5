// The Kubernetes API over HTTPS.
import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { at, type Values } from "../lib/values";
import type { Connection } from "./kubeconfig";

export class ApiError extends Error {
    constructor(
        readonly status: number,
        readonly reason: string,
        message: string,
        /** Of what, in the plural, the API server speaks. */
        readonly about?: string,
    ) {
        super(message);
    }
}

export interface Call {
    method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    query?: Record<string, string | undefined>;
    body?: unknown;
    contentType?: string;
    accept?: string;
    /** Told of each Warning header, such as a deprecated API or a Pod that breaks the namespace's Pod Security level. */
    onWarning?: (message: string) => void;
}

const requestTimeout = 30_000;
const retries = 10;

export class Api {
    private readonly agent: http.Agent;

    constructor(readonly connection: Connection) {
        const { ca, cert, key, insecure } = connection;
        this.agent = connection.server.startsWith("https:")
            ? new https.Agent({ keepAlive: true, ca, cert, key, rejectUnauthorized: !insecure })
            : new http.Agent({ keepAlive: true });
    }

    async request(path: string, call: Call = {}): Promise<Values> {
        const { status, headers, text } = await this.sendAgain(path, call);
        for (const message of warnings(headers.warning)) call.onWarning?.(message);
        const answer = parse(text);
        if (status < 300) return answer;
        const reason = at<string>(answer, "reason") ?? "";
        const message = at<string>(answer, "message") ?? (text.trim() || `status ${status}`);
        throw new ApiError(status, reason, message, at<string>(answer, "details", "kind"));
    }

    /** As request, but undefined for what does not exist. */
    async find(path: string, call: Call = {}): Promise<Values | undefined> {
        try {
            return await this.request(path, call);
        } catch (error) {
            if (error instanceof ApiError && error.status === 404) return undefined;
            throw error;
        }
    }

    /** As client-go: again where the API server itself says when, and at nothing else. */
    private async sendAgain(path: string, call: Call) {
        for (let left = retries; ; left--) {
            const answer = await this.send(path, call);
            const isBusy = answer.status === 429 || answer.status >= 500;
            const seconds = Number(answer.headers["retry-after"]);
            if (left === 0 || !isBusy || Number.isNaN(seconds)) return answer;
            await sleep(seconds * 1000);
        }
    }

    private send(path: string, call: Call) {
        const url = new URL(this.connection.server.replace(/\/$/, "") + path);
        for (const [key, value] of Object.entries(call.query ?? {})) {
            if (value !== undefined) url.searchParams.set(key, value);
        }
        const body = call.body === undefined ? undefined : JSON.stringify(call.body);
        const headers: http.OutgoingHttpHeaders = { accept: call.accept ?? "application/json" };
        if (this.connection.token) headers.authorization = `Bearer ${this.connection.token}`;
        if (body !== undefined) {
            headers["content-type"] = call.contentType ?? "application/json";
            headers["content-length"] = Buffer.byteLength(body);
        }
        const options = { method: call.method ?? "GET", headers, agent: this.agent, timeout: requestTimeout };
        const { request } = url.protocol === "https:" ? https : http;
        return new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>((resolve, reject) => {
            const sent = request(url, options, (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () => {
                    const text = Buffer.concat(chunks).toString("utf8");
                    resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
                });
            });
            sent.on("timeout", () =>
                sent.destroy(new Error(`the API server did not answer within ${requestTimeout / 1000} s`)),
            );
            sent.on("error", (error) =>
                reject(new ApiError(0, "Unreachable", `API server ${url.origin}: ${error.message}`)),
            );
            sent.end(body);
        });
    }
}

function parse(text: string): Values {
    try {
        return JSON.parse(text) as Values;
    } catch {
        return {};
    }
}

/** `299 - "text"`, several joined by commas. */
function warnings(header: string | string[] | undefined): string[] {
    const text = [header ?? []].flat().join(",");
    return [...text.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
        (match[1] ?? "").replace(/\\(.)/g, "$1"),
    );
}

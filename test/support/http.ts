// One request over a connection of its own, so that what answers is what the Service routes to now.
import * as http from "node:http";
import { performance } from "node:perf_hooks";

export interface Outcome {
    /** When it ended, in milliseconds of this process. */
    at: number;
    /** Absent when no answer came. */
    status?: number;
    error?: string;
    body: string;
    headers: http.IncomingHttpHeaders;
}

/** It never rejects: what went wrong is part of the outcome. */
export function request(
    method: string,
    url: string,
    headers: Record<string, string> = {},
    body?: string,
    timeout = 10_000,
): Promise<Outcome> {
    return new Promise((resolve) => {
        const done = (outcome: Omit<Outcome, "at">) => resolve({ at: performance.now(), ...outcome });
        const call = http.request(url, { method, headers, agent: false, timeout }, (response) => {
            let text = "";
            response.on("data", (chunk: Buffer) => (text += chunk.toString()));
            response.on("error", (error) => done({ error: error.message, body: text, headers: {} }));
            response.on("end", () => done({ status: response.statusCode, body: text, headers: response.headers }));
        });
        call.on("timeout", () => call.destroy(new Error("timed out")));
        call.on("error", (error) => done({ error: error.message, body: "", headers: {} }));
        call.end(body);
    });
}

// One request over a connection of its own, so that what answers is what the Service routes to now.
import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction } from "node:net";
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

/** Where the names of hosts lead, and who signs their certificates: what a client's DNS and its system know. */
export interface Via {
    address: string;
    authority: string;
}

const lookupIn =
    (address: string): LookupFunction =>
    (_host, options, done) =>
        options.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4);

/** It never rejects: what went wrong is part of the outcome. */
export function request(
    method: string,
    url: string,
    headers: Record<string, string> = {},
    body?: string,
    timeout = 10_000,
    via?: Via,
): Promise<Outcome> {
    const connection = via ? { lookup: lookupIn(via.address), ca: via.authority } : {};
    return new Promise((resolve) => {
        const done = (outcome: Omit<Outcome, "at">) => resolve({ at: performance.now(), ...outcome });
        const { request: open } = url.startsWith("https:") ? https : http;
        const call = open(url, { method, headers, agent: false, timeout, ...connection }, (response) => {
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

// A steady, bounded stream of requests, each over a connection of its own, and what came back.
import * as http from "node:http";
import { performance } from "node:perf_hooks";

export interface Outcome {
    at: number;
    status?: number;
    error?: string;
    body: string;
    headers: http.IncomingHttpHeaders;
}

/** One request. It never rejects: what went wrong is part of the outcome. */
function request(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Outcome> {
    return new Promise((resolve) => {
        const done = (outcome: Omit<Outcome, "at">) => resolve({ at: performance.now(), ...outcome });
        const call = http.request(url, { method, headers, agent: false, timeout: 10_000 }, (response) => {
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

/** Sends requests one after another while `work` runs, at most `limit`, and returns every outcome. */
export async function streamWhile(
    make: (index: number) => { method: string; url: string; headers: Record<string, string>; body?: string },
    work: () => Promise<void>,
    limit = 20_000,
    pauseMs = 20,
): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let working = true;
    const stream = (async () => {
        for (let index = 0; working && index < limit; index++) {
            const { method, url, headers, body } = make(index);
            outcomes.push(await request(method, url, headers, body));
            await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
    })();
    try {
        await work();
    } finally {
        working = false;
        await stream;
    }
    return outcomes;
}

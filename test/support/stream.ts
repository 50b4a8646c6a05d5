// A steady, bounded stream of requests, one after another, while something happens to the service.
import { request, type Outcome } from "./http";

export interface Request {
    method: string;
    url: string;
    headers?: Record<string, string>;
    body?: string;
}

const limit = 20_000;
const pauseMs = 20;

/** Sends requests while `work` runs, and returns every outcome. Fails only when `work` does. */
export async function streamWhile(make: (index: number) => Request, work: () => Promise<void>): Promise<Outcome[]> {
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

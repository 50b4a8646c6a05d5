// A steady, bounded stream of requests while something happens to the service.
import { request, type Outcome, type Via } from "./http";

export interface Request {
    method: string;
    url: string;
    headers?: Record<string, string>;
    body?: string;
    via?: Via;
}

const limit = 20_000;
const pauseMs = 20;

/**
 * Sends requests while `work` runs, from `clients` at once, each one after another. Returns every outcome, in the order in which they
 * ended; `work` sees those so far. Fails only when `work` does.
 */
export async function streamWhile(
    make: (index: number) => Request,
    work: (outcomes: readonly Outcome[]) => Promise<void>,
    clients = 1,
): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let working = true;
    let sent = 0;
    const client = async () => {
        while (working && sent < limit) {
            const { method, url, headers, body, via } = make(sent++);
            outcomes.push(await request(method, url, headers, body, undefined, via));
            await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
    };
    const streams = Array.from({ length: clients }, client);
    try {
        await work(outcomes);
    } finally {
        working = false;
        await Promise.all(streams);
    }
    return outcomes;
}

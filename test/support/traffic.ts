// Requests to every pod of the app, all along: also to those that are not ready, which the Service leaves out.
import { appPort } from "../../components/app/names";
import { authorized, shop } from "./app";
import { list } from "./cluster";
import { request } from "./http";

const pauseMs = 200;
const findMs = 2_000;
const patienceMs = 10_000;
/** Longer than the app waits for a connection to the database. */
const longPatienceMs = 60_000;

interface Call {
    method: string;
    path: string;
    body?: string;
}

const schemas = "/api/v1/schemas";

/** Each client has a version of its own: the app writes one after the other what is of the same. */
const calls = {
    /** It asks the database and the bucket each time, and always gives the same answer. */
    write: (client: number): Call => {
        const body = JSON.stringify({ environment: "dev", name: "shop", version: String(client), schema: shop });
        return { method: "POST", path: `${schemas}/apply`, body };
    },
    read: (client: number): Call => ({ method: "GET", path: `${schemas}/dev/shop/${client}` }),
    /** Refused, as a mistake of the client. */
    mistaken: (): Call => ({ method: "GET", path: `${schemas}/dev/unknown/1` }),
};

type Kind = keyof typeof calls;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Traffic {
    private addresses: string[] = [];
    private flows = true;
    private readonly loops: Promise<void>[];

    /** Begins, from so many clients at once. */
    constructor(
        private readonly namespace: string,
        clients: number,
        kinds: Kind[] = ["write", "read", "write", "mistaken"],
        private readonly patience = patienceMs,
    ) {
        const headers = authorized(namespace);
        const client = (index: number) => {
            let sent = 0;
            return this.again(pauseMs, async () => {
                const call = calls[kinds[sent % kinds.length]!](index);
                // Each kind in turn to each pod.
                await this.send(call, await headers, index + Math.floor(sent++ / kinds.length));
            });
        };
        this.loops = [this.again(findMs, () => this.find()), ...Array.from({ length: clients }, (_, i) => client(i))];
    }

    /** Of writes alone, which wait until the app gives up. */
    static ofWrites = (namespace: string, clients: number) =>
        new Traffic(namespace, clients, ["write"], longPatienceMs);

    async stop(): Promise<void> {
        this.flows = false;
        await Promise.all(this.loops);
    }

    private async again(pause: number, work: () => Promise<unknown>): Promise<void> {
        while (this.flows) {
            await work();
            await wait(pause);
        }
    }

    private async find(): Promise<void> {
        const pods = await list("pods", this.namespace, "app=justdb-cloud").catch(() => []);
        this.addresses = pods.map(({ status }) => status.podIP as string).filter(Boolean);
    }

    private async send(call: Call, headers: Record<string, string>, turn: number): Promise<void> {
        const address = this.addresses[turn % this.addresses.length];
        if (!address) return;
        await request(call.method, `http://${address}:${appPort}${call.path}`, headers, call.body, this.patience);
    }
}

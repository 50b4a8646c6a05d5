// A network load balancer, as far as clients and nodes notice it: in each zone it asks every node by itself, at the health check port of
// the Service, and sends new connections to those that have answered well often enough; to all of them when none has.
import { request } from "./http";

export interface Node {
    healthCheck: string;
    url: string;
}

export interface HealthCheck {
    intervalSeconds: number;
    /** Answers alike that bring a node in, or take it out. */
    healthy: number;
    unhealthy: number;
}

interface Seen {
    isIn: boolean;
    /** Answers in a row that say otherwise. */
    otherwise: number;
}

/** They ask at different moments of an interval. */
const zones = [0, 1, 2];

const end = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-healthcheck-${name}`;

/** How often a Service wants its nodes to be asked; without a word of it, as both of AWS' controllers do by themselves. */
export function healthCheckOf(annotations: Record<string, string> = {}): HealthCheck {
    const number = (name: string, otherwise: number) => Number(annotations[end(name)] ?? otherwise);
    return {
        intervalSeconds: number("interval", 10),
        healthy: number("healthy-threshold", 2),
        unhealthy: number("unhealthy-threshold", 2),
    };
}

export class NetworkLoadBalancer {
    private readonly seen = zones.map(() => new Map<Node, Seen>());
    private readonly timers: NodeJS.Timeout[] = [];
    private sent = 0;

    constructor(private readonly check: HealthCheck) {
        const interval = check.intervalSeconds * 1000;
        for (const zone of zones) {
            const begin = () => this.timers.push(setInterval(() => this.askAll(zone), interval));
            this.timers.push(setTimeout(begin, (interval * zone) / zones.length));
        }
    }

    add(node: Node): void {
        for (const nodes of this.seen) nodes.set(node, { isIn: false, otherwise: 0 });
    }

    /** Whether every zone sends to a node. */
    isIn = (node: Node) => this.seen.every((nodes) => nodes.get(node)?.isIn);

    /** Whether no zone does. */
    isOut = (node: Node) => this.seen.every((nodes) => !nodes.get(node)?.isIn);

    /** Where the next connection goes: to each zone in turn, and there to each node in turn. */
    next(): string {
        const turn = this.sent++;
        const nodes = [...this.seen[turn % zones.length]!];
        const inside = nodes.filter(([, { isIn }]) => isIn);
        const open = inside.length > 0 ? inside : nodes;
        const [node] = open[Math.floor(turn / zones.length) % open.length]!;
        return node.url;
    }

    stop(): void {
        // One call ends a timeout as well as an interval.
        for (const timer of this.timers) clearInterval(timer);
    }

    private askAll(zone: number): void {
        for (const [node, state] of this.seen[zone]!) void this.ask(node, state);
    }

    private async ask(node: Node, state: Seen): Promise<void> {
        const { status } = await request("GET", node.healthCheck, {}, undefined, 6000);
        if ((status === 200) === state.isIn) {
            state.otherwise = 0;
            return;
        }
        state.otherwise++;
        if (state.otherwise < (state.isIn ? this.check.unhealthy : this.check.healthy)) return;
        Object.assign(state, { isIn: !state.isIn, otherwise: 0 });
    }
}

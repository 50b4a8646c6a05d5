// What the sandbox's Prometheus knows of one namespace.
import * as path from "node:path";
import { waitFor } from "../../sandbox";
import { quickInterval } from "./rules";

interface Answer<T> {
    data: T;
    error?: string;
}

interface Alert {
    state: string;
    labels: { alertname: string; namespace?: string };
}

/** How long a cause may take to show, or to be gone: what tells of it is read, judged, and be it by the kubelet, which looks once a minute. */
const noticedMs = 240_000;

export class Prometheus {
    constructor(
        private readonly url: string,
        private readonly namespace: string,
    ) {}

    private async ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
        const response = await fetch(`${this.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
        const { data, error } = (await response.json()) as Answer<T>;
        if (error) throw new Error(`${JSON.stringify(parameters)}: ${error}`);
        return data;
    }

    /** The numbers that an expression has now. */
    async values(query: string): Promise<number[]> {
        const { result } = await this.ask<{ result: { value: [number, string] }[] }>("query", { query });
        return result.map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
    }

    /** Whether a selector has had series since some time. */
    async hasSeries(selector: string, since: Date): Promise<boolean> {
        const parameters = { "match[]": selector, start: since.toISOString() };
        return (await this.ask<object[]>("series", parameters)).length > 0;
    }

    /** Waits until it goes by quick rules. */
    isQuick(): Promise<void> {
        return waitFor("the quick rules", noticedMs, async () => {
            const { groups } = await this.ask<{ groups: { file: string; interval: number }[] }>("rules", {});
            const ours = groups.filter(({ file }) => path.basename(file).startsWith(`${this.namespace}-`));
            return ours.length > 0 && ours.every(({ interval }) => interval === quickInterval);
        });
    }

    async firing(): Promise<string[]> {
        const { alerts } = await this.ask<{ alerts: Alert[] }>("alerts", {});
        const ours = alerts.filter(({ state, labels }) => state === "firing" && labels.namespace === this.namespace);
        return [...new Set(ours.map(({ labels }) => labels.alertname))].sort();
    }

    /** Waits until all of these alerts fire. */
    fire(...names: string[]): Promise<void> {
        return waitFor(`${names.join(", ")} to fire`, noticedMs, async () => {
            const firing = await this.firing();
            return names.every((name) => firing.includes(name)) || `firing: ${firing.join(", ") || "none"}`;
        });
    }

    /** Waits until no alert fires. */
    clear(): Promise<void> {
        return waitFor("every alert to clear", noticedMs, async () => {
            const firing = await this.firing();
            return firing.length === 0 || `firing: ${firing.join(", ")}`;
        });
    }
}

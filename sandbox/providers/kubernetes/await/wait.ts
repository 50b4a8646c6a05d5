// Waiting for an object: until it is ready, or until it is gone. Looks again and again; a look is cheap.
import { setTimeout as sleep } from "node:timers/promises";
import { type Api, ApiError } from "../api";
import { annotation, kindOfObject, nameOf, namespaceOf } from "../objects";
import { at, type Values } from "../../lib/values";
import { checks } from "./kinds";
import { type Check, conditions } from "./progress";
import { waitFor } from "./wait-for";

export interface Waiting {
    api: Api;
    /** Path of the object in the API. */
    path: string;
    timeoutSeconds: number;
    signal: AbortSignal;
    status(message: string): void;
}

const defaultTimeoutSeconds = 600;

/** The program's customTimeouts, else the annotation, else ten minutes. */
export function timeoutOf(requested: number, object: Values): number {
    return requested || Number(annotation(object, "timeoutSeconds")) || defaultTimeoutSeconds;
}

export function skipsAwait(object: Values): boolean {
    return annotation(object, "skipAwait") === "true";
}

function checkFor(object: Values): Check | undefined {
    const custom = annotation(object, "waitFor");
    if (custom) return waitFor(custom);
    const { group, kind } = kindOfObject(object);
    return checks[`${group}/${kind}`]?.();
}

/** Quick at first, since most things are there at once. */
function pause(startedAt: number): number {
    return Date.now() - startedAt < 10_000 ? 250 : 1000;
}

/** The newest warnings about an object and what it made, oldest first. */
async function warningEvents(object: Values, api: Api, since = 0): Promise<string[]> {
    const namespace = namespaceOf(object) || "default";
    const query = { fieldSelector: "type=Warning" };
    const list = await api.request(`/api/v1/namespaces/${namespace}/events`, { query });
    const name = nameOf(object);
    const about = (at<Values[]>(list, "items") ?? []).filter((event) => {
        const involved = at<string>(event, "involvedObject", "name") ?? "";
        // Pods and ReplicaSets of a workload bear its name as a prefix.
        return involved === name || involved.startsWith(`${name}-`);
    });
    const time = (event: Values): string => at<string>(event, "lastTimestamp") ?? at<string>(event, "eventTime") ?? "";
    return about
        .filter((event) => Date.parse(time(event)) >= since)
        .sort((a, b) => time(a).localeCompare(time(b)))
        .slice(-3)
        .map(
            (event) =>
                `${at<string>(event, "involvedObject", "kind")} ${at<string>(event, "involvedObject", "name")}: ${String(event.reason)}: ${String(event.message)}`,
        );
}

async function explain(object: Values, reason: string, api: Api): Promise<string> {
    const described = conditions(object).map(({ type, status, reason, message }) => {
        const said = [reason, message].filter(Boolean).join(": ");
        return `    condition ${type}: ${status}${said ? ` (${said})` : ""}`;
    });
    // The reason is worth telling even when the events cannot be read.
    const events = await warningEvents(object, api).catch(() => []);
    return [reason, ...described, ...events.map((event) => `    event ${event}`)].join("\n");
}

/** After a while without progress, the status also tells the newest warning. */
class Hints {
    private readonly startedAt = Date.now();
    private lookedAt = Date.now();
    private hint = "";

    constructor(private readonly api: Api) {}

    async add(reason: string, object: Values): Promise<string> {
        if (Date.now() - this.lookedAt > 5000) {
            this.lookedAt = Date.now();
            const since = this.startedAt - 30_000;
            const [event] = (await warningEvents(object, this.api, since).catch(() => [])).slice(-1);
            this.hint = event ? `; ${event}` : "";
        }
        return reason + this.hint;
    }
}

export class NotReady extends Error {
    constructor(
        message: string,
        readonly object: Values,
    ) {
        super(message);
    }
}

/** The object as it is once ready. Throws NotReady, with what is known of the cause, when it fails or time is up. */
export async function untilReady(object: Values, waiting: Waiting): Promise<Values> {
    const check = checkFor(object);
    if (!check || skipsAwait(object)) return object;
    const startedAt = Date.now();
    const hints = new Hints(waiting.api);
    let live = object;
    let said = "";
    for (;;) {
        const progress = await check(live, waiting.api);
        if (progress.state === "ready") return live;
        const { reason } = progress;
        if (progress.state === "failed") throw new NotReady(await explain(live, reason, waiting.api), live);
        const text = await hints.add(reason, live);
        if (text !== said) waiting.status((said = text));
        if (waiting.signal.aborted) throw new NotReady(`cancelled while waiting: ${reason}`, live);
        if (Date.now() - startedAt > waiting.timeoutSeconds * 1000) {
            const late = `not ready after ${waiting.timeoutSeconds} s: ${reason}`;
            throw new NotReady(await explain(live, late, waiting.api), live);
        }
        await sleep(pause(startedAt));
        const next = await waiting.api.find(waiting.path);
        if (!next) throw new NotReady("it was deleted while waiting for it to become ready", live);
        live = next;
    }
}

/** Returns once the object is gone, or another one has its name. */
export async function untilGone(object: Values, waiting: Waiting): Promise<void> {
    const uid = at(object, "metadata", "uid");
    const startedAt = Date.now();
    let said = "";
    for (;;) {
        const live = await waiting.api.find(waiting.path).catch((error: unknown) => {
            // A namespace that goes away takes its role bindings along.
            if (error instanceof ApiError && error.status === 403) return undefined;
            throw error;
        });
        if (!live || at(live, "metadata", "uid") !== uid) return;
        const finalizers =
            at<string[]>(live, "metadata", "finalizers") ?? at<string[]>(live, "spec", "finalizers") ?? [];
        const problem = conditions(live).find(({ type, status }) => type.endsWith("Remaining") && status === "True");
        const reason =
            problem?.message ??
            (finalizers.length ? `waits for finalizers ${finalizers.join(", ")}` : "waits for its end");
        if (reason !== said) waiting.status((said = reason));
        if (waiting.signal.aborted) throw new Error(`cancelled while waiting for ${nameOf(object)} to go: ${reason}`);
        if (Date.now() - startedAt > waiting.timeoutSeconds * 1000) {
            throw new Error(
                `${nameOf(object)} is still there ${waiting.timeoutSeconds} s after its deletion: ${reason}`,
            );
        }
        await sleep(pause(startedAt));
    }
}

// The one seam to the inside of @pulumi/policy (its version is pinned, and a test holds it).
// The SDK decodes a resource again for each policy that judges it, and strips the marks of secrets. Here it is decoded once for all
// policies, the marks are kept beside what the SDK gives, and the engine's message, many times as large in memory, is let go.
import deserialize = require("@pulumi/policy/deserialize");
import { Secret } from "@pulumi/policy";
import proxy = require("@pulumi/policy/proxy");
import * as v8 from "node:v8";
import * as vm from "node:vm";

export { Secret };

type Properties = Record<string, unknown>;
interface Message {
    clearFieldsMap(): void;
}
type Decode = (struct: Message, keepSecrets: boolean) => Properties;

const sdk = deserialize as { deserializeProperties: Decode };
const { getSpecialProxyTarget, ...names } = proxy as Record<string, unknown> & { getSpecialProxyTarget: string };

/** What the engine sends in place of a value that is not known before `up`, one for each type of value. */
const sentinels = new Set(Object.keys(names).flatMap((name) => (/^unknown\w+Value$/.test(name) ? [names[name]] : [])));

export const isUnknown = (value: unknown): boolean => sentinels.has(value);

const decode = sdk.deserializeProperties;

/** By the message that came from the engine. */
const decoded = new WeakMap<Message, Properties>();
/** By what the SDK gave: the same with each secret wrapped as `Secret`. */
const withMarks = new WeakMap<Properties, Properties>();

const target = (proxied: Properties): Properties =>
    (proxied[getSpecialProxyTarget] as Properties | undefined) ?? proxied;

function holdsSecret(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return false;
    if (value instanceof Secret) return true;
    for (const key in value) if (holdsSecret((value as Properties)[key])) return true;
    return false;
}

sdk.deserializeProperties = (message, keepSecrets) => {
    // A remediation changes what it gets, so it gets its own.
    if (keepSecrets) return decode(message, true);
    let properties = decoded.get(message);
    if (!properties) {
        const marked = target(decode(message, true));
        properties = holdsSecret(marked) ? decode(message, false) : marked;
        withMarks.set(properties, marked);
        decoded.set(message, properties);
        message.clearFieldsMap();
    }
    return properties;
};

/** The properties behind what a policy is given, secrets wrapped as `Secret`; the same object each time. */
export function propertiesOf(given: Properties): Properties {
    // Two proxies lie over a remediation's properties: of unknown values, and of secrets.
    const plain = target(target(given));
    return withMarks.get(plain) ?? plain;
}

/** Of 4,000 resources and more, as measured. */
const largeHeap = 200 * 1024 * 1024;

/**
 * Collects garbage after a large stack was decoded. Most of the heap is the engine's message then, and V8, which has just seen all of it
 * in use, would let the rules add as much again before it looks.
 */
export function letGoOfMessages(): void {
    if (process.memoryUsage().heapUsed < largeHeap) return;
    v8.setFlagsFromString("--expose-gc");
    (vm.runInNewContext("gc") as () => void)();
    v8.setFlagsFromString("--no-expose-gc");
}

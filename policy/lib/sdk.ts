// The one seam to the inside of @pulumi/policy (its version is pinned, and a test holds it).
// The SDK decodes a resource again for each policy that judges it, and strips the marks of secrets. Here it is decoded once for all
// policies, and the marks are kept beside what the SDK gives.
import deserialize = require("@pulumi/policy/deserialize");
import proxy = require("@pulumi/policy/proxy");

export { Secret } from "@pulumi/policy";

type Properties = Record<string, unknown>;
type Decode = (struct: object, keepSecrets: boolean) => Properties;

const sdk = deserialize as { deserializeProperties: Decode };
const { getSpecialProxyTarget, ...names } = proxy as Record<string, unknown> & { getSpecialProxyTarget: string };

/** What the engine sends in place of a value that is not known before `up`, one for each type of value. */
const sentinels = new Set(Object.keys(names).flatMap((name) => (/^unknown\w+Value$/.test(name) ? [names[name]] : [])));

export const isUnknown = (value: unknown): boolean => sentinels.has(value);

const decode = sdk.deserializeProperties;

/** By the message that came from the engine. */
const decoded = new WeakMap<object, Properties>();
/** By what the SDK gave: the same with each secret wrapped as `Secret`. */
const withMarks = new WeakMap<object, () => Properties>();

const target = (proxied: Properties): Properties =>
    (proxied[getSpecialProxyTarget] as Properties | undefined) ?? proxied;

sdk.deserializeProperties = (struct, keepSecrets) => {
    // A remediation changes what it gets, so it gets its own.
    if (keepSecrets) return decode(struct, true);
    let properties = decoded.get(struct);
    if (!properties) {
        properties = decode(struct, false);
        let marked: Properties | undefined;
        withMarks.set(properties, () => (marked ??= target(decode(struct, true))));
        decoded.set(struct, properties);
    }
    return properties;
};

/** The properties behind what a policy is given, secrets wrapped as `Secret`; the same object each time. */
export function propertiesOf(given: Properties): Properties {
    // Two proxies lie over a remediation's properties: of unknown values, and of secrets.
    const plain = target(target(given));
    return withMarks.get(plain)?.() ?? plain;
}

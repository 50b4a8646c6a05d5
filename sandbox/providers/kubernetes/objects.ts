// Kubernetes objects as plain values: what they are called, and the forms that mean the same.
import { at, hasUnknown, mapValues, type Values } from "../lib/values";

export interface Kind {
    group: string;
    version: string;
    kind: string;
}

/** `kubernetes:apps/v1:Deployment`, `kubernetes:core/v1:Secret` */
export function kindOfType(type: string): Kind {
    const [, module = "", kind = ""] = type.split(":");
    const [group = "", version = ""] = module.split("/");
    if (!version || !kind) throw new Error(`${type} is no kind of Kubernetes object`);
    return { group: group === "core" ? "" : group, version, kind };
}

export function kindOfObject(object: Values): Kind {
    const [first = "", second] = String(object.apiVersion).split("/");
    const group = second === undefined || first === "core" ? "" : first;
    return { group, version: second ?? first, kind: String(object.kind) };
}

export function apiVersion({ group, version }: Kind): string {
    return group ? `${group}/${version}` : version;
}

/** The type under which Pulumi knows the kind. */
export function typeOfKind(kind: Kind): string {
    return `kubernetes:${kind.group || "core"}/${kind.version}:${kind.kind}`;
}

export function isKind(object: Values, group: string, kind: string): boolean {
    const actual = kindOfObject(object);
    return actual.group === group && actual.kind === kind;
}

export function nameOf(object: unknown): string {
    return at<string>(object, "metadata", "name") ?? "";
}

export function namespaceOf(object: unknown): string {
    return at<string>(object, "metadata", "namespace") ?? "";
}

export function annotation(object: unknown, name: string): string | undefined {
    return at<string>(object, "metadata", "annotations", `pulumi.com/${name}`);
}

export function withMetadata(object: Values, metadata: Values): Values {
    return { ...object, metadata: { ...at<Values>(object, "metadata"), ...metadata } };
}

/** `namespace/name`, or the name alone of what has no namespace. */
export function idOf(object: unknown): string {
    return [namespaceOf(object), nameOf(object)].filter(Boolean).join("/");
}

export function parseId(id: string): { namespace: string; name: string } {
    const slash = id.indexOf("/");
    return { namespace: slash < 0 ? "" : id.slice(0, slash), name: id.slice(slash + 1) };
}

/** A Secret's stringData as data, which is how the API server keeps it: as the official provider, once all of the object is known. */
export function normalize(object: Values): Values {
    const { stringData, ...rest } = object;
    if (!isKind(object, "", "Secret") || stringData === undefined || hasUnknown(object)) return object;
    const encoded = mapValues(stringData as Values, (value) => Buffer.from(String(value)).toString("base64"));
    return { ...rest, data: { ...at<Values>(rest, "data"), ...encoded } };
}

const factors: Record<string, number> = {
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    "": 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    E: 1e18,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
    Pi: 2 ** 50,
    Ei: 2 ** 60,
};

function quantity(value: unknown): number | undefined {
    const match = /^([+-]?[0-9.]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(String(value));
    return match ? Number(match[1]) * (factors[match[2] ?? ""] ?? 1) : undefined;
}

/** Equal, or the same quantity written in another unit: the API server rewrites 2000m as 2. */
export function sameValue(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== "string" && typeof b !== "string") return false;
    const left = quantity(a);
    const right = quantity(b);
    return left !== undefined && right !== undefined && Math.abs(left - right) <= Math.abs(left) * 1e-9;
}

export function labelSelector(selector: unknown): string {
    const labels = Object.entries(at<Values>(selector, "matchLabels") ?? {}).map(
        ([key, value]) => `${key}=${String(value)}`,
    );
    const expressions = (at<Values[]>(selector, "matchExpressions") ?? []).map(({ key, operator, values }) => {
        if (operator === "Exists") return String(key);
        if (operator === "DoesNotExist") return `!${String(key)}`;
        return `${String(key)} ${operator === "In" ? "in" : "notin"} (${(values as string[]).join(",")})`;
    });
    return [...labels, ...expressions].join(",");
}

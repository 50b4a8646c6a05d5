// What Kubernetes refuses of an update: it has filled in what the program left out of one kind of volume or probe, and that stays
// when the program then asks for another kind under the same name (kubernetes/kubernetes#112014).
import type { StepEventMetadata } from "@pulumi/pulumi/automation";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const handlers = ["exec", "grpc", "httpGet", "sleep", "tcpSocket"];

/** Of every volume and handler below a value, by its path: which kind it is. */
function kinds(value: unknown, path = ""): [path: string, kind: string][] {
    if (Array.isArray(value)) {
        return value.flatMap((item: unknown, index) => {
            const name = isObject(item) && typeof item.name === "string" ? item.name : index;
            const kind = path.endsWith(".volumes") && isObject(item) ? Object.keys(item).find((k) => k !== "name") : "";
            return [
                ...(kind ? [[`${path}.${name}`, kind] as [string, string]] : []),
                ...kinds(item, `${path}.${name}`),
            ];
        });
    }
    if (!isObject(value)) return [];
    const isHandler = /Probe$|\.(?:postStart|preStop)$/.test(path);
    const handler = isHandler ? Object.keys(value).filter((key) => handlers.includes(key)) : [];
    return [
        ...handler.map((kind): [string, string] => [path, kind]),
        ...Object.entries(value).flatMap(([key, item]) => kinds(item, `${path}.${key}`)),
    ];
}

/** Every volume and handler that an update makes another kind of under its name. */
export function unionChanges(steps: StepEventMetadata[]): string[] {
    return steps
        .filter(({ op }) => op === "update")
        .flatMap(({ urn, old, new: wanted }) => {
            const before = new Map(kinds(old?.inputs));
            return kinds(wanted?.inputs)
                .filter(([path, kind]) => before.has(path) && before.get(path) !== kind)
                .map(([path, kind]) => `${urn.split("::").at(-1)}${path}: ${before.get(path)} to ${kind}`);
        });
}

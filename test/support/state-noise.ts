// Takes out of an exported stack what no plan needs, so that the file is small and changes only where the stack does. Pure.
import type { RecordedResource } from "./recorded-state";

/** What Kubernetes writes onto an object, and whatever the moment made of it. */
const ofTheMoment = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields"];

const without = (object: object, keys: string[]) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

function outputsOf({ type, outputs }: RecordedResource): Record<string, unknown> | undefined {
    if (!type.startsWith("kubernetes:") || !outputs?.metadata) return outputs;
    const { status, metadata, ...more } = outputs as { status?: { loadBalancer?: unknown }; metadata: object };
    // Whole scripts, which stand in the inputs already.
    const rest = type.endsWith(":ConfigMap") ? without(more, ["data"]) : more;
    // The address of a load balancer is an output of the program.
    const kept = status?.loadBalancer ? { status: { loadBalancer: status.loadBalancer } } : {};
    return { ...rest, metadata: without(metadata, ofTheMoment), ...kept };
}

export function withoutNoise<T extends { resources: RecordedResource[] }>(state: T): T {
    const resources = state.resources.map((resource) => ({
        ...without(resource, ["created", "modified", "sourcePosition", "stackTrace"]),
        ...(resource.outputs ? { outputs: outputsOf(resource) } : {}),
    }));
    return { ...state, resources };
}

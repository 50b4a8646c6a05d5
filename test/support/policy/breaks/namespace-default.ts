import type { Break } from "../break";
import { podKinds, podResource } from "../pods";

export const breaks: Break[] = Object.keys(podKinds).map((kind) => ({
    rule: "namespace-default",
    title: `in the namespace default (${kind})`,
    fixture: () => podResource(kind),
    at: ["metadata", "namespace"],
    value: "default",
    field: "metadata.namespace",
    absent: "fine",
}));

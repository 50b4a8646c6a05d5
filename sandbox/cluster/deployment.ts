// The Deployments of what runs in the sandbox's cluster beside the stack.
interface Metadata {
    name: string;
    namespace: string;
    labels: Record<string, string>;
}

/** Of pods that have the same labels as it. */
export const deployment = (metadata: Metadata, pod: object, replicas?: number): object => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
        ...(replicas === undefined ? {} : { replicas }),
        selector: { matchLabels: metadata.labels },
        template: { metadata: { labels: metadata.labels }, spec: pod },
    },
});

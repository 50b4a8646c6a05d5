import type { PodKind } from "../lib/flow";

/** Names of the app's objects. They are the guide's, and a namespace holds one JustDB Cloud. */
export const names = {
    app: "justdb-cloud",
    autoscaler: "justdb-cloud-hpa",
    config: "justdb-config",
    awsCredentials: "aws-credentials",
} as const;

export const appPods: PodKind = { name: "app", labels: { app: names.app } };

export const appPort = 8080;

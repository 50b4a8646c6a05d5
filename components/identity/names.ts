import type { PodKind } from "../lib/flow";

export const names = { accepted: "justdb-credentials-accepted", unused: "justdb-keys-unused" } as const;

/** The pods that ask S3 whether it takes new credentials. */
export const acceptedPods: PodKind = { name: "credentials-accepted", labels: { app: names.accepted } };

/** The pod that waits until nobody uses a former key. */
export const unusedPods: PodKind = { name: "keys-unused", labels: { app: names.unused } };

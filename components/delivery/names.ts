import { names as app } from "../app/names";
import type { PodKind } from "../lib/flow";

export const names = {
    /** Service of a version that is not yet the app's. */
    preview: `${app.app}-preview`,
    /** Service of a version that gets a share of the requests. */
    canary: `${app.app}-canary`,
    analysis: `${app.app}-delivery`,
    delivered: "justdb-delivered",
} as const;

/** The pods that wait until a new version serves all. */
export const deliveredPods: PodKind = { name: "delivered", labels: { app: names.delivered } };

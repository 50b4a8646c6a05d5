import type { PodKind } from "../lib/flow";

export const drillName = "justdb-drill";

export const drillPods: PodKind = { name: "drill", labels: { app: drillName } };

import type { PodKind } from "../lib/flow";

export const doctorName = "justdb-doctor";

export const doctorPods: PodKind = { name: "doctor", labels: { app: doctorName } };

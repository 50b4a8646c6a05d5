import type { Break } from "../break";
import { podBreaks } from "../pods";

const kinds = [
    "Deployment",
    "Pod",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
    "DaemonSet",
    "Argo Rollout",
    "Deployment of an old API version",
];

export const breaks: Break[] = ["livenessProbe", "readinessProbe"].flatMap((probe) =>
    podBreaks({
        rule: "workload-probes",
        title: `no ${probe}`,
        at: ["containers", 0, probe],
        value: "none",
        absent: "wrong",
        kinds,
    }),
);

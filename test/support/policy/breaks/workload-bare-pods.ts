import type { Break } from "../break";
import type { Props } from "../judge";
import { podResource } from "../pods";

export const breaks: Break[] = [
    {
        rule: "workload-bare-pods",
        title: "a pod of no controller",
        fixture: () => {
            const pod = podResource("Pod");
            const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "app", uid: "1", controller: true };
            (pod.props.metadata as Props).ownerReferences = [owner];
            return pod;
        },
        at: ["metadata", "ownerReferences"],
        value: [],
        field: "metadata.ownerReferences",
        absent: "wrong",
    },
];

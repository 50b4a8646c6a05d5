import { noneGranted } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

export const rbacPodExec: ResourceRule = {
    name: "rbac-pod-exec",
    description:
        "No role allows to get into running pods: by exec, attach or port forwarding, or with an ephemeral " +
        "container. Pods that are named in resourceNames may be got into.",
    severity: "high",
    level: "mandatory",
    references: ["CKV2_K8S_2", "KSV-0053", "C-0002"],
    remediation: "Leave pods/exec and its like out of the role, or name the pods in resourceNames.",
    check: noneGranted([
        {
            groups: [""],
            // A websocket gets in by `get`.
            resources: ["pods/exec", "pods/attach", "pods/portforward"],
            verbs: ["create", "get"],
            means: "to get into any pod by exec, attach or portforward",
            instead: "leave it out",
        },
        {
            groups: [""],
            resources: ["pods/ephemeralcontainers"],
            verbs: ["update", "patch"],
            means: "to put an ephemeral container into any pod",
            instead: "leave it out",
        },
    ]),
};

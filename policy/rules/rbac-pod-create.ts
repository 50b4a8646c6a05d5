import { noneGranted, type Permission } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

const byGroup: [string[], string[]][] = [
    [[""], ["pods", "replicationcontrollers"]],
    [
        ["apps", "extensions"],
        ["deployments", "daemonsets", "statefulsets", "replicasets"],
    ],
    [["batch"], ["jobs", "cronjobs"]],
    [["argoproj.io"], ["rollouts"]],
];

export const rbacPodCreate: ResourceRule = {
    name: "rbac-pod-create",
    description:
        "No role allows to run any pod: to create or change pods or what makes them. Who can do so has every service account and " +
        "every secret of the namespace. Objects that are named in resourceNames may be changed.",
    severity: "medium",
    level: "advisory",
    why: "Who deploys, a person, a pipeline or an operator, must be allowed to.",
    references: ["C-0188"],
    remediation: "Leave it to who deploys; for a restart or the like, name the objects in resourceNames.",
    check: noneGranted(
        byGroup.map(([groups, resources]): Permission => ({
            groups,
            resources,
            verbs: ["create", "update", "patch"],
            means: `to run any pod by ${resources.join(", ")}`,
            instead: "leave it to who deploys",
        })),
    ),
};

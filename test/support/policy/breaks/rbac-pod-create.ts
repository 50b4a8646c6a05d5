import { permissionBreaks } from "../roles";

const permission = (group: string, resource: string, verb: string) =>
    permissionBreaks({ rule: "rbac-pod-create", title: `${verb} ${resource}`, group, resource, verb });

export const breaks = [
    ...permission("", "pods", "create"),
    ...permission("", "pods", "update"),
    ...permission("", "pods", "patch"),
    ...permission("", "replicationcontrollers", "create"),
    ...permission("apps", "deployments", "create"),
    ...permission("extensions", "deployments", "patch"),
    ...permission("apps", "daemonsets", "create"),
    ...permission("apps", "statefulsets", "update"),
    ...permission("apps", "replicasets", "create"),
    ...permission("batch", "jobs", "create"),
    ...permission("batch", "cronjobs", "create"),
    ...permission("argoproj.io", "rollouts", "create"),
];

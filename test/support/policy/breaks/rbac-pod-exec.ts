import { permissionBreaks } from "../roles";

const permission = (resource: string, verb: string) =>
    permissionBreaks({ rule: "rbac-pod-exec", title: `${verb} ${resource}`, group: "", resource, verb });

export const breaks = [
    ...["pods/exec", "pods/attach", "pods/portforward"].flatMap((resource) => [
        ...permission(resource, "create"),
        ...permission(resource, "get"),
    ]),
    ...permission("pods/ephemeralcontainers", "update"),
    ...permission("pods/ephemeralcontainers", "patch"),
];

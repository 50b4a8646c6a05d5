import { permissionBreaks } from "../roles";

export const breaks = ["get", "list", "watch", "patch", "deletecollection"].flatMap((verb) =>
    permissionBreaks({ rule: "rbac-secrets-read", title: verb, group: "", resource: "secrets", verb }),
);

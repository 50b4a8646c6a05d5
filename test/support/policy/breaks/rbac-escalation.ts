import { permissionBreaks } from "../roles";

const permission = (group: string, resource: string, verb: string, clusterWide = false) =>
    permissionBreaks({ rule: "rbac-escalation", title: `${verb} ${resource}`, group, resource, verb, clusterWide });

export const breaks = [
    ...permission("rbac.authorization.k8s.io", "clusterroles", "bind"),
    ...permission("rbac.authorization.k8s.io", "roles", "bind"),
    ...permission("rbac.authorization.k8s.io", "roles", "escalate"),
    ...permission("rbac.authorization.k8s.io", "clusterroles", "escalate"),
    ...["users", "groups"].flatMap((resource) => permission("", resource, "impersonate", true)),
    ...permission("", "serviceaccounts", "impersonate"),
    ...["uids", "userextras/scopes"].flatMap((resource) =>
        permission("authentication.k8s.io", resource, "impersonate", true),
    ),
    ...permission("", "serviceaccounts/token", "create"),
    ...permission("", "nodes/proxy", "get", true),
    ...permission("", "nodes/proxy", "create", true),
    ...permission("certificates.k8s.io", "certificatesigningrequests/approval", "update", true),
    ...permission("certificates.k8s.io", "signers", "approve", true),
    ...permission("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "patch", true),
    ...permission("admissionregistration.k8s.io", "validatingwebhookconfigurations", "create", true),
    ...permission("admissionregistration.k8s.io", "mutatingadmissionpolicies", "create", true),
    ...permission("admissionregistration.k8s.io", "mutatingadmissionpolicybindings", "create", true),
    ...permission("", "persistentvolumes", "create", true),
];

import { noneGranted, type Permission } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

const write = ["create", "update", "patch"];
/** Roles and groups that may do everything, or nearly so. */
const admins = new Set(["cluster-admin", "admin", "edit", "system:masters"]);
const isNoAdmin = (name: string) => !admins.has(name);
const always = () => false;

const permissions: Permission[] = [
    {
        groups: ["rbac.authorization.k8s.io"],
        resources: ["roles", "clusterroles"],
        verbs: ["bind"],
        harmless: isNoAdmin,
        means: "to bind any role",
        instead: "name the roles in resourceNames, none that may do everything",
    },
    {
        groups: ["rbac.authorization.k8s.io"],
        resources: ["roles", "clusterroles"],
        verbs: ["escalate"],
        harmless: always,
        means: "to put any right into a role",
        instead: "leave it out",
    },
    {
        groups: [""],
        resources: ["users", "groups"],
        verbs: ["impersonate"],
        harmless: isNoAdmin,
        clusterWide: true,
        means: "to act as anyone",
        instead: "name whom in resourceNames, none who may do everything",
    },
    {
        groups: [""],
        resources: ["serviceaccounts"],
        verbs: ["impersonate"],
        harmless: isNoAdmin,
        means: "to act as any service account",
        instead: "name the accounts in resourceNames, none that may do everything",
    },
    {
        groups: ["authentication.k8s.io"],
        resources: ["uids", "userextras", "userextras/*"],
        verbs: ["impersonate"],
        clusterWide: true,
        means: "to act with anyone's uid or extra attributes",
        instead: "name them in resourceNames",
    },
    {
        groups: [""],
        resources: ["serviceaccounts/token"],
        verbs: ["create"],
        means: "to make a token of any service account",
        instead: "name the accounts in resourceNames",
    },
    {
        groups: [""],
        resources: ["nodes/proxy"],
        // Even `get`: the kubelet runs commands by a websocket.
        verbs: [...write, "get"],
        harmless: always,
        clusterWide: true,
        means: "to run commands in any pod of a node",
        instead: "allow nodes/metrics or nodes/stats in its place",
    },
    {
        groups: ["certificates.k8s.io"],
        resources: ["certificatesigningrequests/approval"],
        verbs: ["update", "patch"],
        clusterWide: true,
        means: "to approve a certificate for anyone",
        instead: "leave it out",
    },
    {
        groups: ["certificates.k8s.io"],
        resources: ["signers"],
        verbs: ["approve", "sign"],
        harmless: (signer) => !/^(?:kubernetes\.io\/|\*)/.test(signer),
        clusterWide: true,
        means: "to approve or sign certificates that the cluster trusts",
        instead: "name signers of another domain in resourceNames",
    },
    {
        groups: ["admissionregistration.k8s.io"],
        resources: [
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings",
        ],
        verbs: write,
        clusterWide: true,
        means: "to read or change whatever is created",
        instead: "name the objects in resourceNames",
    },
    {
        groups: [""],
        resources: ["persistentvolumes"],
        verbs: ["create"],
        clusterWide: true,
        means: "to make a volume of any path of a node",
        instead: "leave it to the provisioner of the cluster",
    },
];

export const rbacEscalation: ResourceRule = {
    name: "rbac-escalation",
    description:
        "No role allows to take more rights: bind, escalate, impersonate, tokens of service accounts, nodes/proxy, approving " +
        "certificates, changing admission webhooks, or volumes of a node's files.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_K8S_157", "CKV_K8S_158", "CKV2_K8S_3", "KSV-0050", "C-0191"],
    remediation: "Leave the right out, or name in resourceNames for what it is needed.",
    check: noneGranted(permissions),
};

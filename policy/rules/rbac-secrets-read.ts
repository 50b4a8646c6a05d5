import { noneGranted } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

export const rbacSecretsRead: ResourceRule = {
    name: "rbac-secrets-read",
    description:
        "No role allows to read every secret, by get, list or watch, or by patch or deletecollection, which answer with what they " +
        "changed. Secrets that are named in resourceNames may be read.",
    severity: "critical",
    level: "mandatory",
    references: ["Kyverno restrict-secret-role-verbs", "CKV2_K8S_5", "KSV-0041", "KSV-0113", "C-0015"],
    remediation: "Name the secrets in resourceNames, or mount them into the pod that needs them.",
    check: noneGranted([
        {
            groups: [""],
            resources: ["secrets"],
            verbs: ["get", "list", "watch", "patch", "deletecollection"],
            means: "to read every secret",
            instead: "name those that are needed in resourceNames",
        },
    ]),
};

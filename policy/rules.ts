// Every rule of the pack, in the order of docs/policies.md. The list is all there is to do to add a rule.
import type { Rule } from "./lib/rule";
import { helmPinnedChart } from "./rules/helm-pinned-chart";
import { helmRelease } from "./rules/helm-release";
import { iamEscalation } from "./rules/iam-escalation";
import { iamManagedAdmin } from "./rules/iam-managed-admin";
import { iamResourceWildcards } from "./rules/iam-resource-wildcards";
import { iamTrustPolicy } from "./rules/iam-trust-policy";
import { iamUserKey } from "./rules/iam-user-key";
import { iamWildcards } from "./rules/iam-wildcards";
import { imageDigest } from "./rules/image-digest";
import { imageLatestTag } from "./rules/image-latest-tag";
import { imageLock } from "./rules/image-lock";
import { imageRegistries } from "./rules/image-registries";
import { ingressHost } from "./rules/ingress-host";
import { ingressSnippets } from "./rules/ingress-snippets";
import { ingressTls } from "./rules/ingress-tls";
import { kmsPublicPolicy } from "./rules/kms-public-policy";
import { kmsRotation } from "./rules/kms-rotation";
import { namespaceDefault } from "./rules/namespace-default";
import { namespacePodSecurityLabels } from "./rules/namespace-pod-security-labels";
import { networkAllowAll } from "./rules/network-allow-all";
import { networkExposedServices } from "./rules/network-exposed-services";
import { networkMetadataEgress } from "./rules/network-metadata-egress";
import { podSecurityApparmor } from "./rules/pod-security-apparmor";
import { podSecurityCapabilities } from "./rules/pod-security-capabilities";
import { podSecurityHostNamespaces } from "./rules/pod-security-host-namespaces";
import { podSecurityHostPorts } from "./rules/pod-security-host-ports";
import { podSecurityHostProbes } from "./rules/pod-security-host-probes";
import { podSecurityPrivilegeEscalation } from "./rules/pod-security-privilege-escalation";
import { podSecurityPrivileged } from "./rules/pod-security-privileged";
import { podSecurityProcMount } from "./rules/pod-security-proc-mount";
import { podSecurityRunAsNonRoot } from "./rules/pod-security-run-as-non-root";
import { podSecurityRunAsUser } from "./rules/pod-security-run-as-user";
import { podSecuritySeccomp } from "./rules/pod-security-seccomp";
import { podSecuritySelinux } from "./rules/pod-security-selinux";
import { podSecuritySysctls } from "./rules/pod-security-sysctls";
import { podSecurityVolumeTypes } from "./rules/pod-security-volume-types";
import { podSecurityWindowsHostProcess } from "./rules/pod-security-windows-host-process";
import { rbacClusterAdmin } from "./rules/rbac-cluster-admin";
import { rbacDefaultServiceAccount } from "./rules/rbac-default-service-account";
import { rbacDefaultServiceAccountBinding } from "./rules/rbac-default-service-account-binding";
import { rbacEscalation } from "./rules/rbac-escalation";
import { rbacEveryone } from "./rules/rbac-everyone";
import { rbacPodCreate } from "./rules/rbac-pod-create";
import { rbacPodExec } from "./rules/rbac-pod-exec";
import { rbacSecretsRead } from "./rules/rbac-secrets-read";
import { rbacTokenAutomount } from "./rules/rbac-token-automount";
import { rbacWildcards } from "./rules/rbac-wildcards";
import { s3AccessLogs } from "./rules/s3-access-logs";
import { s3Acl } from "./rules/s3-acl";
import { s3Encryption } from "./rules/s3-encryption";
import { s3Lifecycle } from "./rules/s3-lifecycle";
import { s3Ownership } from "./rules/s3-ownership";
import { s3PublicAccessBlock } from "./rules/s3-public-access-block";
import { s3PublicAccessBlockSettings } from "./rules/s3-public-access-block-settings";
import { s3PublicPolicy } from "./rules/s3-public-policy";
import { s3TlsOnly } from "./rules/s3-tls-only";
import { s3Versioning } from "./rules/s3-versioning";
import { secretFiles } from "./rules/secret-files";
import { secretInAnalysis } from "./rules/secret-in-analysis";
import { secretInAnnotation } from "./rules/secret-in-annotation";
import { secretInConfigMap } from "./rules/secret-in-config-map";
import { secretInEnv } from "./rules/secret-in-env";
import { secretInHelmValues } from "./rules/secret-in-helm-values";
import { secretInOutput } from "./rules/secret-in-output";
import { secretPlainSecret } from "./rules/secret-plain-secret";
import { secretRandom } from "./rules/secret-random";
import { secretRandomFlow } from "./rules/secret-random-flow";
import { stackContestedSetting } from "./rules/stack-contested-setting";
import { stackDanglingSelector } from "./rules/stack-dangling-selector";
import { stackDefaultDeny } from "./rules/stack-default-deny";
import { stackDisruptionBudget } from "./rules/stack-disruption-budget";
import { stackExemptions } from "./rules/stack-exemptions";
import { stackNamespaceLimits } from "./rules/stack-namespace-limits";
import { stackPlainHttp } from "./rules/stack-plain-http";
import { stackPodNetwork } from "./rules/stack-pod-network";
import { stackSecretFlow } from "./rules/stack-secret-flow";
import { workloadBarePods } from "./rules/workload-bare-pods";
import { workloadLimits } from "./rules/workload-limits";
import { workloadProbes } from "./rules/workload-probes";
import { workloadReadOnlyRootFilesystem } from "./rules/workload-read-only-root-filesystem";
import { workloadReplicas } from "./rules/workload-replicas";
import { workloadRequests } from "./rules/workload-requests";
import { workloadRuntimeSocket } from "./rules/workload-runtime-socket";
import { workloadSpread } from "./rules/workload-spread";

export { toPolicy } from "./lib/policy";
export type { ResourceRule, Rule, StackRule } from "./lib/rule";

export const rules: readonly Rule[] = [
    podSecurityApparmor,
    podSecurityCapabilities,
    podSecurityHostNamespaces,
    podSecurityHostPorts,
    podSecurityHostProbes,
    podSecurityPrivilegeEscalation,
    podSecurityPrivileged,
    podSecurityProcMount,
    podSecurityRunAsNonRoot,
    podSecurityRunAsUser,
    podSecuritySeccomp,
    podSecuritySelinux,
    podSecuritySysctls,
    podSecurityVolumeTypes,
    podSecurityWindowsHostProcess,
    workloadBarePods,
    workloadLimits,
    workloadProbes,
    workloadReadOnlyRootFilesystem,
    workloadReplicas,
    workloadRequests,
    workloadRuntimeSocket,
    workloadSpread,
    rbacClusterAdmin,
    rbacDefaultServiceAccount,
    rbacDefaultServiceAccountBinding,
    rbacEscalation,
    rbacEveryone,
    rbacPodCreate,
    rbacPodExec,
    rbacSecretsRead,
    rbacTokenAutomount,
    rbacWildcards,
    namespaceDefault,
    namespacePodSecurityLabels,
    networkAllowAll,
    networkExposedServices,
    networkMetadataEgress,
    ingressHost,
    ingressSnippets,
    ingressTls,
    imageDigest,
    imageLatestTag,
    imageLock,
    imageRegistries,
    helmPinnedChart,
    helmRelease,
    secretFiles,
    secretInAnalysis,
    secretInAnnotation,
    secretInConfigMap,
    secretInEnv,
    secretInHelmValues,
    secretInOutput,
    secretPlainSecret,
    secretRandom,
    secretRandomFlow,
    s3AccessLogs,
    s3Acl,
    s3Encryption,
    s3Lifecycle,
    s3Ownership,
    s3PublicAccessBlock,
    s3PublicAccessBlockSettings,
    s3PublicPolicy,
    s3TlsOnly,
    s3Versioning,
    iamEscalation,
    iamManagedAdmin,
    iamResourceWildcards,
    iamTrustPolicy,
    iamUserKey,
    iamWildcards,
    kmsPublicPolicy,
    kmsRotation,
    stackContestedSetting,
    stackDanglingSelector,
    stackDefaultDeny,
    stackDisruptionBudget,
    stackNamespaceLimits,
    stackPlainHttp,
    stackPodNetwork,
    stackSecretFlow,
    // Closes the run: it stays the last.
    stackExemptions,
];

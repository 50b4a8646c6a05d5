import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Labels } from "./labels";
import { generalPlacement, type Placement, podMarks, whereSet } from "./placement";
import type { Cluster } from "./scope";

/** What differs from pod to pod. */
interface Pod {
    labels: Labels;
    annotations?: Record<string, pulumi.Input<string>>;
    /** Name of its ServiceAccount. */
    account: string;
    /** User and group that it runs as. */
    uid: number;
    containers: core.v1.Container[];
    volumes: core.v1.Volume[];
    /** Where it runs, if not where the stack's other pods do. */
    placement?: Placement;
    /** What else its spec holds. */
    more?: Partial<core.v1.PodSpec>;
}

/**
 * Template of every pod: as Pod Security Admission's level "restricted" asks for, without a token of the Kubernetes API, which one
 * that calls it mounts by itself, and without the addresses of all Services in its environment.
 */
export const podTemplate = ({ settings }: Cluster, pod: Pod) => ({
    metadata: {
        labels: { ...podMarks(settings).labels, ...pod.labels },
        ...whereSet({ annotations: { ...podMarks(settings).annotations, ...pod.annotations } }),
    },
    spec: {
        serviceAccountName: pod.account,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurity(pod.uid),
        imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
        containers: pod.containers,
        volumes: pod.volumes,
        ...whereSet(pod.placement ?? generalPlacement(settings)),
        ...pod.more,
    },
});

/** The token of a pod's ServiceAccount, renewed as long as the pod runs, and what the Kubernetes API is known by. */
export const tokenVolume: core.v1.Volume = {
    name: "token",
    projected: {
        sources: [
            { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
            { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        ],
    },
};

export const tokenMount: core.v1.VolumeMount = {
    name: tokenVolume.name,
    mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
    readOnly: true,
};

export const podSecurity = (uid: number) => ({
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: uid,
    fsGroup: uid,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
});

/** As "restricted" asks for, and a read-only root filesystem. */
export const containerSecurity = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
};

/** Labels of a Namespace that takes only pods which Pod Security's level "restricted" allows. */
export const restricted: Labels = Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
        [`pod-security.kubernetes.io/${mode}`, "restricted"],
        [`pod-security.kubernetes.io/${mode}-version`, "latest"],
    ]),
);

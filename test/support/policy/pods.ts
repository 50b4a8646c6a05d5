// A pod that keeps every rule, as each kind that can carry it.
import type { Break } from "./break";
import type { Given, Props } from "./judge";

const container = (name: string): Props => ({
    name,
    image: "registry.example.com/team/app@sha256:0f9a7d6c1f2b3e4d5c6b7a8990817263544536271809a0b1c2d3e4f5a6b7c8d9",
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "256Mi" } },
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
    },
});

const probed = (name: string): Props => ({
    ...container(name),
    livenessProbe: { httpGet: { path: "/live", port: "http" } },
    readinessProbe: { httpGet: { path: "/ready", port: "http" } },
});

export const goodPodSpec = (): Props => ({
    serviceAccountName: "app",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
        {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: { app: "app" } },
        },
    ],
    containers: [probed("app")],
    initContainers: [container("init")],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
});

const metadata = (): Props => ({ name: "app", namespace: "team", labels: { app: "app" } });
const template = (): Props => ({ metadata: { labels: { app: "app" } }, spec: goodPodSpec() });
const controller = (more: Props = {}) => ({
    metadata: metadata(),
    spec: { selector: { matchLabels: { app: "app" } }, template: template(), ...more },
});
const job = (): Props => ({ ...template(), spec: { ...goodPodSpec(), restartPolicy: "Never" } });

/** Each kind, and where its pod spec is. */
export const podKinds: Record<string, { type: string; spec: (string | number)[]; make: () => Props }> = {
    Deployment: {
        type: "kubernetes:apps/v1:Deployment",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2 }),
    },
    Pod: {
        type: "kubernetes:core/v1:Pod",
        spec: ["spec"],
        make: () => ({ metadata: metadata(), spec: goodPodSpec() }),
    },
    ReplicaSet: {
        type: "kubernetes:apps/v1:ReplicaSet",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2 }),
    },
    ReplicationController: {
        type: "kubernetes:core/v1:ReplicationController",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2, selector: { app: "app" } }),
    },
    StatefulSet: {
        type: "kubernetes:apps/v1:StatefulSet",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2, serviceName: "app" }),
    },
    DaemonSet: { type: "kubernetes:apps/v1:DaemonSet", spec: ["spec", "template", "spec"], make: () => controller() },
    Job: {
        type: "kubernetes:batch/v1:Job",
        spec: ["spec", "template", "spec"],
        make: () => ({ metadata: metadata(), spec: { template: job() } }),
    },
    CronJob: {
        type: "kubernetes:batch/v1:CronJob",
        spec: ["spec", "jobTemplate", "spec", "template", "spec"],
        make: () => ({
            metadata: metadata(),
            spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: job() } } },
        }),
    },
    PodTemplate: {
        type: "kubernetes:core/v1:PodTemplate",
        spec: ["template", "spec"],
        make: () => ({ metadata: metadata(), template: template() }),
    },
    "Argo Rollout": {
        type: "kubernetes:argoproj.io/v1alpha1:Rollout",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2 }),
    },
    "Deployment of an old API version": {
        type: "kubernetes:extensions/v1beta1:Deployment",
        spec: ["spec", "template", "spec"],
        make: () => controller({ replicas: 2 }),
    },
    "custom resource": {
        type: "kubernetes:example.com/v1:Worker",
        spec: ["spec", "pool", "template", "spec"],
        make: () => ({ metadata: metadata(), spec: { pool: { template: template() } } }),
    },
};

export const podResource = (kind = "Deployment"): Given => {
    const { type, make } = podKinds[kind]!;
    return { type, props: make() };
};

/** `["containers", 0, "image"]` as a message names it. */
function named(at: (string | number)[]): string {
    const lists: Record<string, string> = { containers: "app", initContainers: "init", ephemeralContainers: "debug" };
    return at.reduce<string>((path, key, index) => {
        if (typeof key === "number") return `${path}[${lists[at[index - 1]!] ?? key}]`;
        return path ? `${path}.${key}` : key;
    }, "");
}

interface PodBreak extends Omit<Break, "fixture" | "field" | "at"> {
    /** Where, from the pod's spec on: `["containers", 0, "securityContext", "privileged"]`. */
    at: (string | number)[];
    /** The place the message names, from the pod's spec on, when it is not `at`. */
    names?: (string | number)[];
    /** The kinds it is a break in; all by default. */
    kinds?: string[];
}

/** A break of a pod's spec, in every kind. */
export function podBreaks({ at, names = at, kinds = Object.keys(podKinds), ...rest }: PodBreak): Break[] {
    return kinds.map((kind) => {
        const { spec } = podKinds[kind]!;
        return {
            ...rest,
            title: `${rest.title} (${kind})`,
            fixture: () => podResource(kind),
            at: [...spec, ...at],
            field: named([...spec, ...names]),
        };
    });
}

/** A break of each container of a pod: its first container, an init and an ephemeral one, and in every kind. */
export function containerBreaks({ at, names = at, ...rest }: PodBreak): Break[] {
    const inKinds = podBreaks({ ...rest, at: ["containers", 0, ...at], names: ["containers", 0, ...names] });
    const inInit = podBreaks({
        ...rest,
        title: `${rest.title} in an init container`,
        at: ["initContainers", 0, ...at],
        names: ["initContainers", 0, ...names],
        kinds: ["Deployment", "CronJob"],
    });
    const inEphemeral = podBreaks({
        ...rest,
        title: `${rest.title} in an ephemeral container`,
        at: ["ephemeralContainers", 0, ...at],
        names: ["ephemeralContainers", 0, ...names],
        kinds: ["Pod"],
    }).map((it) => ({
        ...it,
        fixture: () => {
            const pod = podResource("Pod");
            (pod.props.spec as Props).ephemeralContainers = [container("debug")];
            return pod;
        },
    }));
    return [...inKinds, ...inInit, ...inEphemeral];
}

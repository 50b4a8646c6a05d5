// Pods that a stack causes but does not show: those that operators make for custom resources, releases of Helm hide, or other stacks
// run. What selects them selects nothing that a rule can see.
import { UnknownValue } from "../field";
import { isBuiltIn, type KubernetesObject } from "./objects";
import type { Selector } from "./label-selector";
import { namespaceOf } from "./namespaces";
import { derivedOnce } from "../resource";
import type { PlacedObject, Stack } from "../stack";
import { anyOf, orUnknown, type Verdict } from "../verdict";

/** Custom resources that run no pods, or show them, but often have the name of those that they are for. */
const podless = new Set([
    "argoproj.io/Rollout",
    "cert-manager.io/Certificate",
    "external-secrets.io/ExternalSecret",
    "keda.sh/ScaledObject",
    "monitoring.coreos.com/PodMonitor",
    "monitoring.coreos.com/PrometheusRule",
    "monitoring.coreos.com/ServiceMonitor",
    "networking.istio.io/DestinationRule",
    "networking.istio.io/VirtualService",
    "traefik.io/IngressRoute",
]);

/** Custom resources that bring in objects of any kind, to any namespace. */
const deployers = new Set([
    "argoproj.io/Application",
    "argoproj.io/ApplicationSet",
    "helm.cattle.io/HelmChart",
    "helm.toolkit.fluxcd.io/HelmRelease",
    "kubernetes.crossplane.io/Object",
    "kustomize.toolkit.fluxcd.io/Kustomization",
]);

/** The kinds that run pods. */
const running = new Set([
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
]);

/** Labels that controllers give their pods beyond those of the template, or to pods without one. */
const byController = new Set([
    "acme.cert-manager.io/http01-solver",
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "rollouts-pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
]);

/** The selector without what only the pods of a controller have, not its template. */
export const onTemplates = (selector: Selector): Selector => ({
    ...selector,
    requirements: selector.requirements.filter(({ key }) => !byController.has(key)),
});

const typeOf = ({ group, kind }: KubernetesObject) => `${group}/${kind}`;

/** `cnpg.io` of `postgresql.cnpg.io`. */
const domain = (host: string) => host.split(".").slice(-2).join(".");

interface CustomResource {
    domain: string;
    kind: string;
    name: string | UnknownValue | undefined;
}

/** Whether an operator may label the pods of the custom resource so: by a key of its domain, or by the resource's name or kind. */
function mayLabel({ domain: own, kind, name }: CustomResource, key: string, values: string[]): Verdict {
    const slash = key.indexOf("/");
    if (slash > 0 && domain(key.slice(0, slash)) === own) return true;
    if (name === undefined) return false;
    if (name instanceof UnknownValue) return name;
    return values.some((value) => value === name || value.startsWith(`${name}-`) || value === kind);
}

export class UnseenPods {
    private readonly customs: CustomResource[] = [];
    /** Namespaces in which pods run that the stack does not show. */
    private readonly namespaces = new Set<string>();
    /** Set when such pods may be in any namespace. */
    private anywhere = false;

    constructor(private readonly stack: Stack) {
        for (const placed of stack.objects) this.learn(placed);
        for (const release of stack.ofType(/^kubernetes:helm\.sh\/v3:Release$/))
            this.hide(() => release.fields.at("namespace").text);
    }

    private learn(placed: PlacedObject): void {
        const { object } = placed;
        const type = typeOf(object);
        if (deployers.has(type)) this.anywhere = true;
        // The whole of what is patched is from elsewhere.
        if (object.patch && running.has(object.kind)) this.hide(() => namespaceOf(this.stack, placed));
        if (isBuiltIn(object.group)) return;
        const name = podless.has(type) ? undefined : orUnknown(() => object.fields.at("metadata", "name").text);
        this.customs.push({ domain: domain(object.group), kind: object.kind.toLowerCase(), name });
    }

    private hide(namespace: () => string | undefined): void {
        const known = orUnknown(namespace);
        if (typeof known === "string") this.namespaces.add(known);
        else this.anywhere = true;
    }

    /** Whether the stack does not show all pods of the namespace. */
    in(namespace: string): boolean {
        return this.anywhere || this.namespaces.has(namespace);
    }

    /** Whether an operator may make pods that the selector selects. */
    mayBeSelected({ requirements }: Selector): Verdict {
        if (this.customs.length === 0) return false;
        return anyOf(
            requirements.flatMap(({ key, values }) => this.customs.map((custom) => mayLabel(custom, key, values))),
        );
    }
}

export const unseenPodsOf = derivedOnce((stack: Stack) => new UnseenPods(stack));

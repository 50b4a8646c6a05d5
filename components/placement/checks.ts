import type { Problem } from "../config/error";
import type { Resolved } from "../parts";

type Marks = "objectLabels" | "objectAnnotations" | "podLabels" | "podAnnotations";

/** By these names Kubernetes, the operators and the stack itself find their objects, and tell each other what they are. */
const own =
    /^(?:app|role|job-name|controller-uid|controller-revision-hash|pod-template-(?:hash|generation)|rollouts-pod-template-hash)$/;
/** Domains of those, each with all below it. */
const domains = [
    "kubernetes.io",
    "k8s.io",
    "cnpg.io",
    "argoproj.io",
    "helm.sh",
    "pulumi.com",
    "justdb.cloud",
    "justdb-cloud",
    "prometheus.io",
    "istio.io",
    "linkerd.io",
    "cert-manager.io",
];
/** Of these nothing of a stack is found. */
const free = /^(?:app\.kubernetes\.io\/(?:component|version)|cluster-autoscaler\.kubernetes\.io\/.*)$/;

export const checks = (s: Resolved): Problem[] =>
    (["objectLabels", "objectAnnotations", "podLabels", "podAnnotations"] as const).flatMap((key) => reserved(s, key));

function reserved(s: Resolved, key: Marks): Problem[] {
    return Object.keys(s[key])
        .filter(isReserved)
        .map((name) => ({
            key,
            got: `${name}, which is set by the stack itself, or read by Kubernetes, an operator or a mesh`,
            allowed: `names of your own, not of ${domains.join(", ")}`,
            fix: `take ${name} out of ${key}: other settings say what it holds; or write a name of your own, such as example.com/${name.split("/").at(-1)}`,
        }));
}

function isReserved(name: string): boolean {
    if (free.test(name)) return false;
    const [domain, rest] = name.split("/") as [string, string?];
    if (rest === undefined) return own.test(name);
    return domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}

// When an object of each kind counts as ready. A kind that is not here is ready once it is accepted.
import { nameOf, namespaceOf } from "../objects";
import { at, type Values } from "../../lib/values";
import { podProblem, podProblems } from "./pods";
import { type Check, condition, count, failed, observed, type Progress, ready, waiting } from "./progress";

function replicas(object: Values): number {
    return at<number>(object, "spec", "replicas") ?? 1;
}

async function withPods(text: string, object: Values, api: Parameters<Check>[1]): Promise<Progress> {
    const problems = await podProblems(object, api);
    return waiting(problems ? `${text}; ${problems}` : text);
}

const deployment: Check = (object, api) => {
    if (!observed(object)) return waiting("waits for the controller");
    if (at(object, "spec", "paused") === true) return ready;
    const wanted = replicas(object);
    const updated = count(object, "updatedReplicas");
    const available = count(object, "availableReplicas");
    const old = count(object, "replicas") - updated;
    if (updated >= wanted && available >= wanted && old <= 0) return ready;
    const failure = condition(object, "ReplicaFailure");
    if (failure?.status === "True") return waiting(`pods cannot be created: ${failure.message ?? ""}`);
    const text = `${available} of ${wanted} pods available, ${updated} updated`;
    return withPods(old > 0 ? `${text}, ${old} old` : text, object, api);
};

const statefulSet: Check = (object, api) => {
    if (!observed(object)) return waiting("waits for the controller");
    const wanted = replicas(object);
    const readyPods = count(object, "readyReplicas");
    const rolling = (at(object, "spec", "updateStrategy", "type") ?? "RollingUpdate") === "RollingUpdate";
    const partition = at<number>(object, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
    const current = at(object, "status", "currentRevision") === at(object, "status", "updateRevision");
    const updated = count(object, "updatedReplicas");
    const rolled = !rolling || (partition > 0 ? updated >= wanted - partition : current || wanted === 0);
    if (readyPods >= wanted && rolled) return ready;
    return withPods(`${readyPods} of ${wanted} pods ready, ${updated} updated`, object, api);
};

const daemonSet: Check = (object, api) => {
    if (!observed(object)) return waiting("waits for the controller");
    const wanted = count(object, "desiredNumberScheduled");
    const available = count(object, "numberAvailable");
    if (available >= wanted && count(object, "updatedNumberScheduled") >= wanted) return ready;
    return withPods(`${available} of ${wanted} pods available`, object, api);
};

const pod: Check = (object) => {
    const problem = podProblem(object);
    if (!problem) return ready;
    return at(object, "status", "phase") === "Failed" ? failed(problem) : waiting(problem);
};

const job: Check = async (object, api) => {
    if (condition(object, "Complete")?.status === "True") return ready;
    const failure = condition(object, "Failed");
    if (failure?.status === "True") {
        const text = `${failure.reason ?? "failed"}: ${failure.message ?? ""}`;
        const problems = await podProblems(object, api);
        return failed(problems ? `${text}; ${problems}` : text);
    }
    return withPods(`${count(object, "succeeded")} succeeded, ${count(object, "failed")} failed`, object, api);
};

/** A claim whose class waits for the first pod stays pending until there is one. */
const claim: Check = async (object, api) => {
    if (at(object, "status", "phase") === "Bound") return ready;
    const classes = at<Values[]>(await api.request("/apis/storage.k8s.io/v1/storageclasses"), "items") ?? [];
    const isDefault = (item: Values): boolean =>
        at(item, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class") === "true";
    const name = at<string>(object, "spec", "storageClassName");
    const storageClass = classes.find((item) => (name === undefined ? isDefault(item) : nameOf(item) === name));
    if (storageClass?.volumeBindingMode === "WaitForFirstConsumer") return ready;
    return waiting(
        storageClass ? "waits for a volume" : `waits for a volume: no StorageClass ${name ?? "is the default"}`,
    );
};

const service: Check = async (object, api) => {
    const type = at(object, "spec", "type");
    const selector = at<Values>(object, "spec", "selector") ?? {};
    if (type === "ExternalName") return ready;
    if (type === "LoadBalancer" && !at<unknown[]>(object, "status", "loadBalancer", "ingress")?.length) {
        return waiting("waits for the load balancer's address");
    }
    // A headless Service is there for the names of its pods, which a StatefulSet may create only after it.
    if (Object.keys(selector).length === 0 || at(object, "spec", "clusterIP") === "None") return ready;
    const query = { labelSelector: `kubernetes.io/service-name=${nameOf(object)}` };
    const path = `/apis/discovery.k8s.io/v1/namespaces/${namespaceOf(object)}/endpointslices`;
    const slices = at<Values[]>(await api.request(path, { query }), "items") ?? [];
    const endpoints = slices.flatMap((slice) => at<Values[]>(slice, "endpoints") ?? []);
    return endpoints.length > 0 ? ready : waiting("no pod matches its selector");
};

const ingress: Check = (object) => {
    const addresses = at<unknown[]>(object, "status", "loadBalancer", "ingress");
    return addresses?.length ? ready : waiting("waits for an address from the ingress controller");
};

const quota: Check = (object) => (at(object, "status", "hard") ? ready : waiting("waits for the controller"));

const definition: Check = (object) =>
    condition(object, "Established")?.status === "True" ? ready : waiting("waits to be served");

/** By `group/Kind`. */
export const checks: Record<string, Check> = {
    "apps/Deployment": deployment,
    "apps/StatefulSet": statefulSet,
    "apps/DaemonSet": daemonSet,
    "batch/Job": job,
    "/Pod": pod,
    "/PersistentVolumeClaim": claim,
    "/Service": service,
    "/ResourceQuota": quota,
    "networking.k8s.io/Ingress": ingress,
    "apiextensions.k8s.io/CustomResourceDefinition": definition,
};

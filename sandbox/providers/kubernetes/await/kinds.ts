// When an object of each kind counts as ready: as Pulumi's own provider takes it. A kind that is not here is ready once it is accepted.
import { isDeepStrictEqual } from "node:util";
import { labelSelector, nameOf, namespaceOf } from "../objects";
import { at, type Values } from "../../lib/values";
import { podProblem, podProblems } from "./pods";
import { type Check, condition, count, failed, isTrue, observed, type Progress, ready, waiting } from "./progress";

type Api = Parameters<Check>[1];

/** The text, and what is wrong with the object's pods. */
async function andPods(text: string, object: Values, api: Api): Promise<string> {
    const problems = await podProblems(object, api);
    return problems ? `${text}; ${problems}` : text;
}

const withPods = async (text: string, object: Values, api: Api): Promise<Progress> =>
    waiting(await andPods(text, object, api));

const revisionOf = (object: Values) =>
    at<string>(object, "metadata", "annotations", "deployment.kubernetes.io/revision");

/** The one that the Deployment rolls out. */
async function newestReplicaSet(object: Values, api: Api): Promise<Values | undefined> {
    const query = { labelSelector: labelSelector(at(object, "spec", "selector")) };
    const list = await api.request(`/apis/apps/v1/namespaces/${namespaceOf(object)}/replicasets`, { query });
    const revision = revisionOf(object);
    return (at<Values[]>(list, "items") ?? []).find((one) => revisionOf(one) === revision);
}

const deployment: Check = async (object, api) => {
    const revision = revisionOf(object);
    if (!observed(object) || revision === undefined) return waiting("waits for the controller");
    const set = await newestReplicaSet(object, api);
    const wanted = at<number>(set, "spec", "replicas") ?? 1;
    const readyPods = set ? count(set, "readyReplicas") : 0;
    const progressing = condition(object, "Progressing");
    // The first rollout is done when enough pods are ready; a later one when the old pods have gone as well.
    const isRolledOut = revision === "1" || (isTrue(progressing) && progressing?.reason === "NewReplicaSetAvailable");
    if (set && readyPods >= wanted && isTrue(condition(object, "Available")) && isRolledOut) return ready;
    const failure = condition(object, "ReplicaFailure");
    if (isTrue(failure)) return waiting(`pods cannot be created: ${failure?.message ?? ""}`);
    const old = count(object, "replicas") - count(object, "updatedReplicas");
    const text = `${readyPods} of ${wanted} pods of the newest revision ready`;
    return withPods(old > 0 ? `${text}, ${old} old` : text, object, api);
};

const statefulSet: Check = (object, api) => {
    if (!observed(object)) return waiting("waits for the controller");
    const wanted = at<number>(object, "spec", "replicas") ?? 0;
    const [all, readyPods, current] = ["replicas", "readyReplicas", "currentReplicas"].map((name) =>
        count(object, name),
    );
    const isFirst = (at<number>(object, "metadata", "generation") ?? 0) <= 1;
    const isOnDelete = at(object, "spec", "updateStrategy", "type") === "OnDelete";
    const revision = at<string>(object, "status", "currentRevision");
    // A partition keeps the revisions apart, and so the update from its end.
    const isRolledOut =
        (isOnDelete && !isFirst) ||
        (Boolean(revision) && revision === at(object, "status", "updateRevision") && current === wanted);
    if (all === wanted && readyPods === wanted && isRolledOut) return ready;
    return withPods(`${readyPods} of ${wanted} pods ready, ${count(object, "updatedReplicas")} updated`, object, api);
};

const daemonSet: Check = (object, api) => {
    if (!observed(object)) return waiting("waits for the controller");
    const wanted = count(object, "desiredNumberScheduled");
    const counts = ["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"];
    if (counts.every((name) => count(object, name) >= wanted)) return ready;
    return withPods(`${count(object, "numberAvailable")} of ${wanted} pods available`, object, api);
};

/** One that has failed is waited for as well. */
const pod: Check = (object) => {
    const isDone = at(object, "status", "phase") === "Succeeded" || isTrue(condition(object, "Ready"));
    const isStarted = ["PodScheduled", "Initialized"].every((type) => isTrue(condition(object, type)));
    return isDone && isStarted ? ready : waiting(podProblem(object) ?? "starts");
};

/** Why a Job that failed is waited for no longer. One that failed for another reason is waited for until time is up. */
const finalReasons = ["BackoffLimitExceeded", "DeadlineExceeded"];

const job: Check = async (object, api) => {
    const failure = condition(object, "Failed");
    if (isTrue(failure)) {
        const text = await andPods(`${failure?.reason ?? "failed"}: ${failure?.message ?? ""}`, object, api);
        return finalReasons.includes(failure?.reason ?? "") ? failed(text) : waiting(text);
    }
    if (at(object, "status", "startTime") && isTrue(condition(object, "Complete"))) return ready;
    return withPods(`${count(object, "succeeded")} succeeded, ${count(object, "failed")} failed`, object, api);
};

/** A claim whose class waits for the first pod stays pending until there is one. */
const claim: Check = async (object, api) => {
    const phase = at(object, "status", "phase");
    if (phase === "Bound") return ready;
    const name = at<string>(object, "spec", "storageClassName");
    if (!name) return waiting("waits for a volume: it names no StorageClass, and none is the default");
    const storageClass = await api.find(`/apis/storage.k8s.io/v1/storageclasses/${name}`);
    if (!storageClass) return waiting(`waits for a volume: there is no StorageClass ${name}`);
    const waitsForPod = storageClass.volumeBindingMode === "WaitForFirstConsumer";
    return waitsForPod && phase === "Pending" ? ready : waiting("waits for a volume");
};

/** For how long the endpoints of a Service must stay as they are. */
const settleMilliseconds = 10_000;

/** Tells for how long what it is shown has been the same. */
function stopwatch(): (seen: string | undefined) => number {
    let last: string | undefined;
    let since = Date.now();
    return (seen) => {
        if (seen !== last) [last, since] = [seen, Date.now()];
        return Date.now() - since;
    };
}

const hasAddress = (object: Values) => Boolean(at<unknown[]>(object, "status", "loadBalancer", "ingress")?.length);

const endpointsOf = (name: string, object: Values, api: Api) =>
    api.find(`/api/v1/namespaces/${namespaceOf(object)}/endpoints/${name}`);

/** Ready with no pod at all, once the endpoints have settled; not while a pod that it selects is not ready. */
function service(): Check {
    const settled = stopwatch();
    return async (object, api) => {
        const type = at(object, "spec", "type");
        if (type === "LoadBalancer" && !hasAddress(object)) return waiting("waits for the load balancer's address");
        const selector = at<Values>(object, "spec", "selector") ?? {};
        const isHeadless = at(object, "spec", "clusterIP") === "None";
        if (type === "ExternalName" || isHeadless || Object.keys(selector).length === 0) return ready;
        const endpoints = await endpointsOf(nameOf(object), object, api);
        const time = settled(at<string>(endpoints, "metadata", "resourceVersion"));
        if (!endpoints) return waiting("waits for its endpoints");
        const subsets = at<Values[]>(endpoints, "subsets") ?? [];
        const unready = subsets.flatMap((subset) => at<unknown[]>(subset, "notReadyAddresses") ?? []);
        if (unready.length > 0) return waiting(`${unready.length} of its pods not ready`);
        return time >= settleMilliseconds ? ready : waiting("waits for its endpoints to settle");
    };
}

/** A Service that it leads to and that is not there is waited for a while only. */
function ingress(): Check {
    const settled = stopwatch();
    return async (object, api) => {
        if (!hasAddress(object)) return waiting("waits for an address from the ingress controller");
        const rules = at<Values[]>(object, "spec", "rules") ?? [];
        const paths = rules.flatMap((rule) => at<Values[]>(rule, "http", "paths") ?? []);
        for (const path of paths) {
            const name = at<string>(path, "backend", "service", "name");
            if (!name || (await endpointsOf(name, object, api))) continue;
            if (settled(name) < settleMilliseconds) return waiting(`waits for Service ${name}`);
        }
        return ready;
    };
}

const quota: Check = (object) =>
    isDeepStrictEqual(at(object, "spec", "hard"), at(object, "status", "hard"))
        ? ready
        : waiting("waits for the controller");

/** By `group/Kind`: makes the check of one wait. */
export const checks: Record<string, () => Check> = {
    "apps/Deployment": () => deployment,
    "apps/StatefulSet": () => statefulSet,
    "apps/DaemonSet": () => daemonSet,
    "batch/Job": () => job,
    "/Pod": () => pod,
    "/PersistentVolumeClaim": () => claim,
    "/Service": service,
    "/ResourceQuota": () => quota,
    "networking.k8s.io/Ingress": ingress,
};

// Why pods are not ready, in the words of the kubelet and the scheduler.
import type { Api } from "../api";
import { labelSelector, nameOf, namespaceOf } from "../objects";
import { at, type Values } from "../../lib/values";
import { condition } from "./progress";

/** A container that waits for these does so in the ordinary course of things. */
const ordinary = new Set(["ContainerCreating", "PodInitializing"]);

function containerProblem(status: Values): string | undefined {
    const name = String(status.name);
    const waitingFor = at<Values>(status, "state", "waiting");
    const ended = at<Values>(status, "state", "terminated") ?? at<Values>(status, "lastState", "terminated");
    const exit =
        ended && Number(ended.exitCode) !== 0
            ? ` (last exit code ${Number(ended.exitCode)}, ${String(ended.reason)})`
            : "";
    const reason = at<string>(waitingFor, "reason");
    if (reason && !ordinary.has(reason)) {
        const message = at<string>(waitingFor, "message");
        return `container ${name}: ${reason}${message ? `: ${message}` : ""}${exit}`;
    }
    if (exit && !status.ready) {
        const message = at<string>(ended, "message");
        return `container ${name} failed${exit}${message ? `: ${message.trim()}` : ""}`;
    }
    return undefined;
}

/** What keeps a pod from being ready; undefined when it is ready or done. */
export function podProblem(pod: Values): string | undefined {
    const phase = at<string>(pod, "status", "phase");
    if (phase === "Succeeded" || condition(pod, "Ready")?.status === "True") return undefined;
    const scheduled = condition(pod, "PodScheduled");
    if (scheduled?.status === "False") return `not scheduled: ${scheduled.message ?? scheduled.reason ?? ""}`;
    // Of its init containers Pulumi's provider tells nothing.
    const statuses = at<Values[]>(pod, "status", "containerStatuses") ?? [];
    const problem = statuses.map(containerProblem).find(Boolean);
    if (problem) return problem;
    if (phase === "Failed")
        return `failed: ${at<string>(pod, "status", "message") ?? at<string>(pod, "status", "reason") ?? ""}`;
    const unready = statuses.filter((status) => status.ready !== true && !at(status, "state", "terminated"));
    return unready.length ? `waits for ${unready.map((status) => String(status.name)).join(", ")}` : "starts";
}

async function podsOf(object: Values, api: Api): Promise<Values[]> {
    const query = { labelSelector: labelSelector(at(object, "spec", "selector")) };
    const list = await api.request(`/api/v1/namespaces/${namespaceOf(object)}/pods`, { query });
    return at<Values[]>(list, "items") ?? [];
}

/** The first unready pods of a workload, newest first: in a rollout the new ones tell what is wrong. */
export async function podProblems(object: Values, api: Api): Promise<string> {
    const created = (pod: Values): string => at<string>(pod, "metadata", "creationTimestamp") ?? "";
    const pods = (await podsOf(object, api)).sort((a, b) => created(b).localeCompare(created(a)));
    const problems = pods.flatMap((pod) => {
        const problem = podProblem(pod);
        return problem ? [`pod ${nameOf(pod)}: ${problem}`] : [];
    });
    return problems.slice(0, 2).join("; ");
}

import assert from "node:assert/strict";
import type { Api } from "../../../../providers/kubernetes/api";
import { checks } from "../../../../providers/kubernetes/await/kinds";
import { podProblem } from "../../../../providers/kubernetes/await/pods";
import type { Values } from "../../../../providers/lib/values";

/** An API server that knows these lists, by the end of their path. */
function api(lists: Record<string, Values[]>): Api {
    const request = (path: string) => Promise.resolve({ items: lists[path.split("/").pop() ?? ""] ?? [] });
    return { request } as unknown as Api;
}

async function look(kind: string, object: Values, lists: Record<string, Values[]> = {}): Promise<string> {
    const named = { ...object, metadata: { name: "x", namespace: "s", generation: 1, ...(object.metadata as object) } };
    const progress = await checks[kind]?.(named, api(lists));
    return progress?.state === "ready" ? "ready" : `${progress?.state}: ${progress?.reason}`;
}

const pulling = {
    metadata: { name: "x-1" },
    status: {
        phase: "Pending",
        containerStatuses: [
            { name: "app", ready: false, state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } } },
        ],
    },
};

describe("sandbox/providers/kubernetes/await", () => {
    it("waits for a whole rollout, and says which pod hinders it", async () => {
        const spec = { replicas: 2, selector: { matchLabels: { app: "x" } } };
        const status = { observedGeneration: 1, replicas: 3, updatedReplicas: 1, availableReplicas: 2 };
        const text = await look("apps/Deployment", { spec, status }, { pods: [pulling] });
        assert.equal(
            text,
            "waiting: 2 of 2 pods available, 1 updated, 2 old; pod x-1: container app: ImagePullBackOff: no such image",
        );
        assert.equal(
            await look("apps/Deployment", { spec, status: { ...status, replicas: 2, updatedReplicas: 2 } }),
            "ready",
        );
        assert.match(
            await look("apps/Deployment", { spec, status: { ...status, observedGeneration: 0 } }),
            /controller/,
        );
    });

    it("tells when pods cannot even be created", async () => {
        const conditions = [{ type: "ReplicaFailure", status: "True", message: "violates PodSecurity" }];
        const text = await look("apps/Deployment", { spec: {}, status: { observedGeneration: 1, conditions } });
        assert.equal(text, "waiting: pods cannot be created: violates PodSecurity");
    });

    it("waits for a StatefulSet's newest revision", async () => {
        const status = {
            observedGeneration: 1,
            readyReplicas: 1,
            updatedReplicas: 0,
            currentRevision: "a",
            updateRevision: "b",
        };
        assert.match(await look("apps/StatefulSet", { spec: {}, status }), /1 of 1 pods ready, 0 updated/);
        assert.equal(
            await look("apps/StatefulSet", { spec: {}, status: { ...status, currentRevision: "b" } }),
            "ready",
        );
    });

    it("ends at once when a Job has failed", async () => {
        const failure = [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded", message: "limit" }];
        assert.equal(
            await look("batch/Job", { status: { conditions: failure } }),
            "failed: BackoffLimitExceeded: limit",
        );
        const terminated = { exitCode: 3, reason: "Error", message: "The lock is held.\n" };
        const pods = [
            { metadata: { name: "p" }, status: { containerStatuses: [{ name: "c", state: { terminated } }] } },
        ];
        assert.equal(
            await look("batch/Job", { status: { conditions: failure } }, { pods }),
            "failed: BackoffLimitExceeded: limit; pod p: container c failed (last exit code 3, Error): The lock is held.",
        );
        assert.equal(
            await look("batch/Job", { status: { conditions: [{ type: "Complete", status: "True" }] } }),
            "ready",
        );
    });

    it("does not wait for a volume that waits for its first pod", async () => {
        const lists = (mode: string) => ({ storageclasses: [{ metadata: { name: "std" }, volumeBindingMode: mode }] });
        const claim = { spec: { storageClassName: "std" }, status: { phase: "Pending" } };
        assert.equal(await look("/PersistentVolumeClaim", claim, lists("WaitForFirstConsumer")), "ready");
        assert.match(await look("/PersistentVolumeClaim", claim, lists("Immediate")), /waits for a volume/);
    });

    it("waits until a Service has a pod, and a load balancer its address", async () => {
        const spec = { selector: { app: "x" } };
        const slices = { endpointslices: [{ endpoints: [{ addresses: ["10.0.0.1"] }] }] };
        assert.match(await look("/Service", { spec }), /no pod matches/);
        assert.match(await look("/Service", { spec }, { endpointslices: [{ endpoints: null }] }), /no pod matches/);
        assert.equal(await look("/Service", { spec }, slices), "ready");
        assert.equal(await look("/Service", { spec: { ...spec, clusterIP: "None" } }), "ready");
        assert.match(await look("/Service", { spec: { ...spec, type: "LoadBalancer" } }, slices), /address/);
        assert.equal(await look("/Service", { spec: { type: "ExternalName" } }), "ready");
        assert.equal(await look("/Service", { spec: {} }), "ready");
    });

    it("reads a crash loop and an unschedulable pod", () => {
        const crash = {
            name: "app",
            state: { waiting: { reason: "CrashLoopBackOff" } },
            lastState: { terminated: { exitCode: 3, reason: "Error" } },
        };
        const text = podProblem({ status: { phase: "Running", containerStatuses: [crash] } });
        assert.equal(text, "container app: CrashLoopBackOff (last exit code 3, Error)");
        const unschedulable = { type: "PodScheduled", status: "False", message: "no node fits" };
        assert.equal(podProblem({ status: { conditions: [unschedulable] } }), "not scheduled: no node fits");
        assert.equal(podProblem({ status: { conditions: [{ type: "Ready", status: "True" }] } }), undefined);
    });
});

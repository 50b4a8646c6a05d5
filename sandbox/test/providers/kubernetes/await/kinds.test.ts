import assert from "node:assert/strict";
import type { Api } from "../../../../providers/kubernetes/api";
import { checks } from "../../../../providers/kubernetes/await/kinds";
import { podProblem } from "../../../../providers/kubernetes/await/pods";
import type { Values } from "../../../../providers/lib/values";

/** An API server that knows these lists and objects, by the end of their path. */
function api(known: Record<string, Values[] | Values>): Api {
    const find = (path: string) => Promise.resolve(known[path.split("/").pop() ?? ""]);
    const request = async (path: string) => ({ items: (await find(path)) ?? [] });
    return { request, find } as unknown as Api;
}

type Known = Parameters<typeof api>[0];

/** One wait, with as many looks as there are objects. */
function wait(kind: string) {
    const check = checks[kind]!();
    return async (object: Values, known: Known = {}): Promise<string> => {
        const metadata = { name: "x", namespace: "s", generation: 1, ...(object.metadata as object) };
        const progress = await check({ ...object, metadata }, api(known));
        return progress.state === "ready" ? "ready" : `${progress.state}: ${progress.reason}`;
    };
}

const look = (kind: string, object: Values, known: Known = {}) => wait(kind)(object, known);

const pulling = {
    metadata: { name: "x-1" },
    status: {
        phase: "Pending",
        containerStatuses: [
            { name: "app", ready: false, state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } } },
        ],
    },
};

const revision = (number: string) => ({ annotations: { "deployment.kubernetes.io/revision": number } });
const holds = (type: string, reason = "") => ({ type, status: "True", reason });

describe("sandbox/providers/kubernetes/await", () => {
    describe("a Deployment", () => {
        const spec = { replicas: 2, selector: { matchLabels: { app: "x" } } };
        const sets = (number: string, readyReplicas: number) => ({
            replicasets: [
                { metadata: revision("1"), spec: { replicas: 2 }, status: { readyReplicas: 2 } },
                { metadata: revision(number), spec: { replicas: 2 }, status: { readyReplicas } },
            ],
        });
        const rolledOut = {
            observedGeneration: 1,
            conditions: [holds("Available"), holds("Progressing", "NewReplicaSetAvailable")],
        };

        it("is ready when the pods of its newest revision are, and the old ones have gone", async () => {
            const metadata = revision("2");
            const done = { metadata, spec, status: rolledOut };
            assert.equal(await look("apps/Deployment", done, sets("2", 2)), "ready");
            const rolling = {
                ...rolledOut,
                conditions: [holds("Available"), holds("Progressing", "ReplicaSetUpdated")],
            };
            assert.match(await look("apps/Deployment", { ...done, status: rolling }, sets("2", 2)), /^waiting: 2 of 2/);
            const counts = { ...rolling, replicas: 3, updatedReplicas: 1 };
            const text = await look(
                "apps/Deployment",
                { ...done, status: counts },
                { ...sets("2", 1), pods: [pulling] },
            );
            const pod = "pod x-1: container app: ImagePullBackOff: no such image";
            assert.equal(text, `waiting: 1 of 2 pods of the newest revision ready, 2 old; ${pod}`);
        });

        it("is ready after its first rollout before the controller says that it is done", async () => {
            const status = { observedGeneration: 1, conditions: [holds("Available")] };
            const first = { metadata: revision("1"), spec, status };
            assert.equal(await look("apps/Deployment", first, sets("3", 0)), "ready");
        });

        it("waits for the controller", async () => {
            const status = { ...rolledOut, observedGeneration: 0 };
            assert.match(await look("apps/Deployment", { metadata: revision("2"), spec, status }), /controller/);
            assert.match(await look("apps/Deployment", { spec, status: rolledOut }), /controller/);
        });

        it("tells when pods cannot even be created", async () => {
            const conditions = [{ ...holds("ReplicaFailure"), message: "violates PodSecurity" }];
            const status = { observedGeneration: 1, conditions };
            const text = await look("apps/Deployment", { metadata: revision("1"), spec, status });
            assert.equal(text, "waiting: pods cannot be created: violates PodSecurity");
        });
    });

    it("waits for a StatefulSet's newest revision, and for ever with a partition", async () => {
        const spec = { replicas: 1 };
        const status = {
            observedGeneration: 1,
            replicas: 1,
            readyReplicas: 1,
            currentReplicas: 1,
            updatedReplicas: 0,
            currentRevision: "a",
            updateRevision: "b",
        };
        assert.match(await look("apps/StatefulSet", { spec, status }), /1 of 1 pods ready, 0 updated/);
        const partition = { ...spec, updateStrategy: { rollingUpdate: { partition: 1 } } };
        assert.match(await look("apps/StatefulSet", { spec: partition, status }), /^waiting/);
        const rolled = { ...status, currentRevision: "b" };
        assert.equal(await look("apps/StatefulSet", { spec, status: rolled }), "ready");
        assert.match(await look("apps/StatefulSet", { spec, status: { ...rolled, replicas: 2 } }), /^waiting/);
        const onDelete = { metadata: { generation: 2 }, spec: { ...spec, updateStrategy: { type: "OnDelete" } } };
        assert.equal(
            await look("apps/StatefulSet", { ...onDelete, status: { ...status, observedGeneration: 2 } }),
            "ready",
        );
    });

    it("waits for every pod of a DaemonSet", async () => {
        const status = {
            observedGeneration: 1,
            desiredNumberScheduled: 2,
            currentNumberScheduled: 2,
            updatedNumberScheduled: 2,
            numberAvailable: 2,
            numberReady: 2,
        };
        assert.equal(await look("apps/DaemonSet", { spec: {}, status }), "ready");
        assert.match(await look("apps/DaemonSet", { spec: {}, status: { ...status, numberReady: 1 } }), /^waiting/);
    });

    describe("a Job", () => {
        const failure = (reason: string) => [{ ...holds("Failed", reason), message: "limit" }];
        const terminated = { exitCode: 3, reason: "Error", message: "The lock is held.\n" };

        for (const reason of ["BackoffLimitExceeded", "DeadlineExceeded"]) {
            it(`has failed by ${reason}, with the last words of its container`, async () => {
                const conditions = failure(reason);
                assert.equal(await look("batch/Job", { status: { conditions } }), `failed: ${reason}: limit`);
                const status = { containerStatuses: [{ name: "c", state: { terminated } }] };
                assert.equal(
                    await look(
                        "batch/Job",
                        { status: { conditions } },
                        { pods: [{ metadata: { name: "p" }, status }] },
                    ),
                    `failed: ${reason}: limit; pod p: container c failed (last exit code 3, Error): The lock is held.`,
                );
            });
        }

        it("is waited for when it failed by PodFailurePolicy", async () => {
            const conditions = failure("PodFailurePolicy");
            assert.equal(await look("batch/Job", { status: { conditions } }), "waiting: PodFailurePolicy: limit");
        });

        it("does not tell of init containers", async () => {
            const status = { phase: "Failed", initContainerStatuses: [{ name: "check", state: { terminated } }] };
            const pods = [{ metadata: { name: "p" }, status }];
            const text = await look("batch/Job", { status: { conditions: failure("BackoffLimitExceeded") } }, { pods });
            assert.doesNotMatch(text, /lock/);
        });

        it("is ready when it has started and is complete", async () => {
            const status = { startTime: "2026-01-31T04:00:00Z", conditions: [holds("Complete")] };
            assert.equal(await look("batch/Job", { status }), "ready");
            assert.match(await look("batch/Job", { status: { ...status, conditions: [] } }), /^waiting: 0 succeeded/);
        });
    });

    it("waits for a pod, even one that has failed", async () => {
        const conditions = [holds("PodScheduled"), holds("Initialized")];
        const running = { phase: "Running", conditions: [...conditions, holds("Ready")] };
        assert.equal(await look("/Pod", { status: running }), "ready");
        assert.equal(await look("/Pod", { status: { phase: "Succeeded", conditions } }), "ready");
        assert.equal(
            await look("/Pod", { status: { phase: "Failed", reason: "Evicted" } }),
            "waiting: failed: Evicted",
        );
    });

    it("does not wait for a volume that waits for its first pod", async () => {
        const known = (mode: string) => ({ std: { metadata: { name: "std" }, volumeBindingMode: mode } });
        const claim = { spec: { storageClassName: "std" }, status: { phase: "Pending" } };
        assert.equal(await look("/PersistentVolumeClaim", claim, known("WaitForFirstConsumer")), "ready");
        assert.match(await look("/PersistentVolumeClaim", claim, known("Immediate")), /waits for a volume/);
        assert.match(await look("/PersistentVolumeClaim", claim), /there is no StorageClass std/);
        const bound = { ...claim, status: { phase: "Bound" } };
        assert.equal(await look("/PersistentVolumeClaim", bound, known("Immediate")), "ready");
    });

    describe("with a clock", () => {
        const { now } = Date;
        let time = 0;
        beforeEach(() => void (Date.now = () => time));
        afterEach(() => void (Date.now = now));

        const spec = { selector: { app: "x" } };
        const seen = (resourceVersion: string, subsets: Values[] = []) => ({
            x: { metadata: { resourceVersion }, subsets },
        });

        it("lets the endpoints of a Service settle for ten seconds", async () => {
            const service = wait("/Service");
            assert.match(await service({ spec }), /waits for its endpoints$/);
            assert.match(await service({ spec }, seen("1")), /settle/);
            time += 9000;
            assert.match(await service({ spec }, seen("2")), /settle/);
            time += 9000;
            assert.match(await service({ spec }, seen("2")), /settle/);
            time += 1000;
            // None of them needs to be there.
            assert.equal(await service({ spec }, seen("2")), "ready");
            const unready = [{ notReadyAddresses: [{ ip: "10.0.0.1" }] }];
            assert.match(await service({ spec }, seen("2", unready)), /1 of its pods not ready/);
        });

        it("waits for a load balancer's address, and not for pods where a Service has none of its own", async () => {
            assert.match(await look("/Service", { spec: { ...spec, type: "LoadBalancer" } }, seen("1")), /address/);
            assert.equal(await look("/Service", { spec: { ...spec, clusterIP: "None" } }), "ready");
            assert.equal(await look("/Service", { spec: { type: "ExternalName" } }), "ready");
            assert.equal(await look("/Service", { spec: {} }), "ready");
        });

        it("waits for an Ingress' address, and for its Services for a while", async () => {
            const paths = [{ backend: { service: { name: "x" } } }];
            const object = { spec: { rules: [{ http: { paths } }] } };
            assert.match(await look("networking.k8s.io/Ingress", object), /address/);
            const status = { loadBalancer: { ingress: [{ hostname: "lb" }] } };
            const ingress = wait("networking.k8s.io/Ingress");
            assert.match(await ingress({ ...object, status }), /waits for Service x/);
            time += 10_000;
            assert.equal(await ingress({ ...object, status }), "ready");
            assert.equal(await look("networking.k8s.io/Ingress", { ...object, status }, seen("1")), "ready");
        });
    });

    it("waits until a quota counts what it is to count", async () => {
        const spec = { hard: { pods: "3" } };
        assert.match(await look("/ResourceQuota", { spec, status: { hard: { pods: "2" } } }), /controller/);
        assert.equal(await look("/ResourceQuota", { spec, status: { hard: { pods: "3" } } }), "ready");
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

import assert from "node:assert/strict";
import { kubectl, sandboxStack, withStack } from "../../sandbox";
import { isReady, list, namespace } from "../support/cluster";
import { assertCleanPlan } from "../support/plan";

describe("the stack that make up brought up", () => {
    it("has every pod Ready", async () => {
        const lists = await Promise.all([namespace, "cnpg-system", "kube-system"].map((from) => list("pods", from)));
        const pods = lists.flat().filter((pod) => pod.status.phase !== "Succeeded");
        assert.ok(pods.length >= 5, `only ${pods.length} pods`);
        assert.deepEqual(
            pods.filter((pod) => !isReady(pod)).map((pod) => pod.metadata.name),
            [],
        );
    });

    it("runs in a namespace that enforces Pod Security restricted, and refuses a pod that is not", async () => {
        const labels = JSON.parse(
            await kubectl(["get", "ns", namespace, "-o", "jsonpath={.metadata.labels}"]),
        ) as Record<string, string>;
        for (const mode of ["enforce", "audit", "warn"])
            assert.equal(labels[`pod-security.kubernetes.io/${mode}`], "restricted");
        await assert.rejects(
            kubectl(["-n", namespace, "run", "intruder", "--image=docker.io/justdb/redis:7.0", "--dry-run=server"]),
            /violates PodSecurity "restricted/,
        );
    });

    it("plans with the URNs of its snapshot, and nothing that the policies are against", async () => {
        await assertCleanPlan(sandboxStack);
    });

    it("changes nothing when it is brought up again", async () => {
        const changes = await withStack(
            sandboxStack,
            async (stack) => (await stack.up()).summary.resourceChanges ?? {},
        );
        assert.deepEqual(Object.keys(changes), ["same"]);
    });
});

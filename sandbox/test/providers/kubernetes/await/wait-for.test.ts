import assert from "node:assert/strict";
import type { Api } from "../../../../providers/kubernetes/api";
import { jsonPath } from "../../../../providers/kubernetes/await/json-path";
import { waitFor } from "../../../../providers/kubernetes/await/wait-for";

const object = {
    status: {
        phase: "Running",
        instances: 3,
        conditions: [
            { type: "Ready", status: "True" },
            { type: "Archiving", status: "False", reason: "NoBucket", message: "no bucket" },
        ],
    },
};

async function look(expression: string): Promise<string> {
    const progress = await waitFor(expression)(object, {} as Api);
    return progress.state === "ready" ? "ready" : progress.reason;
}

describe("sandbox/providers/kubernetes/await/wait-for", () => {
    it("waits for conditions", async () => {
        assert.equal(await look("condition=Ready"), "ready");
        assert.equal(await look("condition=Archiving=false"), "ready");
        assert.equal(await look("condition=ready"), "ready");
        assert.equal(await look("condition=Archiving"), "condition Archiving is False (NoBucket: no bucket)");
        assert.equal(await look("condition=Absent"), "condition Absent is not there");
    });

    it("waits for values", async () => {
        assert.equal(await look("jsonpath={.status.phase}=Running"), "ready");
        assert.equal(await look("jsonpath={.status.phase}"), "ready");
        assert.equal(await look("jsonpath={.status.instances}=3"), "ready");
        assert.equal(await look("jsonpath={.status.instances}=4"), "{.status.instances} is 3, not yet 4");
        assert.equal(await look('jsonpath={.status.conditions[?(@.type=="Ready")].status}=True'), "ready");
    });

    it("does not believe what a controller told of an earlier spec", async () => {
        const metadata = { generation: 2 };
        const told = (status: Record<string, unknown>) => ({ metadata, status });
        const check = async (expression: string, of: object) =>
            (await waitFor(expression)(of as Record<string, unknown>, {} as Api)).state;
        const isReady = { type: "Ready", status: "True" };
        assert.equal(await check("condition=Ready", told({ observedGeneration: 1, conditions: [isReady] })), "waiting");
        const own = { ...isReady, observedGeneration: 1 };
        assert.equal(await check("condition=Ready", told({ observedGeneration: 2, conditions: [own] })), "waiting");
        assert.equal(await check("condition=Ready", told({ conditions: [isReady] })), "ready");
        assert.equal(
            await check("jsonpath={.status.phase}=On", told({ observedGeneration: 1, phase: "On" })),
            "waiting",
        );
    });

    it("waits for all of a list", async () => {
        assert.equal(await look('["condition=Ready", "jsonpath={.status.phase}=Running"]'), "ready");
        assert.match(await look('["condition=Ready", "condition=Absent"]'), /Absent/);
    });

    it("refuses what it does not understand", () => {
        assert.throws(() => waitFor("delete"), /neither condition=/);
        assert.throws(() => waitFor("jsonpath={.a[?@]}"), /not understood/);
    });

    it("selects by name, index, wildcard and filter", () => {
        const value = {
            a: [
                { n: "x", v: 1 },
                { n: "y", v: 2 },
            ],
            "b.c": 3,
        };
        assert.deepEqual(jsonPath("{.a[*].v}")(value), [1, 2]);
        assert.deepEqual(jsonPath(".a[-1].n")(value), ["y"]);
        assert.deepEqual(jsonPath("['b.c']")(value), [3]);
        assert.deepEqual(jsonPath("{.a[?(@.n!='x')].v}")(value), [2]);
    });
});

import assert from "node:assert/strict";
import { resolve } from "../../../../components/config/resolve";
import { quota } from "../../../../components/namespace/quota";
import { demands } from "../../../../components/parts";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

describe("namespace", () => {
    it("enforces, audits and warns by Pod Security Admission's restricted level, of the cluster's version", async () => {
        const made = await plan({});
        for (const mode of ["enforce", "audit", "warn"]) {
            assert.equal(
                made.at("justdb-namespace", `metadata.labels.[pod-security.kubernetes.io/${mode}]`),
                "restricted",
            );
            assert.equal(
                made.at("justdb-namespace", `metadata.labels.[pod-security.kubernetes.io/${mode}-version]`),
                "latest",
            );
        }
    });

    it("names its owner, so that another stack's is a conflict, on what is made first", async () => {
        const owner = { "justdb-cloud/owner": "justdb-cloud/test/justdb-namespace" };
        assert.deepEqual((await plan({})).at("justdb-namespace", "metadata.annotations"), owner);
        const within = await plan({ createNamespace: false });
        assert.deepEqual(within.at("justdb-limits", "metadata.annotations"), owner);
        for (const { type, name } of within.resources) {
            const isFirst = ["justdb-limits", "justdb-requirements"].includes(name);
            if (!type.startsWith("kubernetes:") || isFirst) continue;
            assert.ok(waitsFor(within.get(name), "justdb-limits"), name);
        }
    });

    it("has a quota, and limits for containers that set none", async () => {
        const made = await plan({});
        assert.deepEqual(made.at("justdb-quota", "spec.hard"), quota(demands(resolve({}, "justdb"))));
        assert.equal(made.at("justdb-limits", "spec.limits.0.type"), "Container");
    });

    it("comes before everything in it, and before all of AWS", async () => {
        const made = await plan({});
        for (const { type, name, dependencies } of made.resources) {
            if (/^(kubernetes|aws):/.test(type) && !["justdb-namespace", "justdb-requirements"].includes(name)) {
                assert.ok(
                    dependencies.some((urn) => urn.endsWith("::justdb-namespace")),
                    name,
                );
            }
        }
    });
});

import assert from "node:assert/strict";
import { sandboxStack, stackNames } from "../../sandbox";
import { describeGuide } from "../support/guide";
import { assertCleanPlan, plan } from "../support/plan";
import { at, Resources } from "../support/resources";

/** The sandbox's stack: test/stack/up.test.ts. */
describe("each stack of the project", () => {
    for (const name of stackNames().filter((one) => one !== sandboxStack)) {
        it(`${name} plans with the URNs of its snapshot, and nothing that the policies are against`, () =>
            assertCleanPlan(name));
    }
});

describe("prod, as the real engine plans it", () => {
    const planProd = async () => new Resources((await plan("prod")).planned);

    // The same assertions as those on the program under mocks.
    describeGuide(planProd);

    it("has the database that the chart makes of its values", async () => {
        const { spec } = (await planProd()).get("justdb-postgres:justdb-cloud/justdb-db").inputs;
        assert.equal(at(spec, "instances"), 3);
        assert.equal(at(spec, "bootstrap.initdb.database"), "justdb");
        assert.equal(at(spec, "bootstrap.initdb.owner"), "justdb");
        assert.equal(at(spec, "managed.services.additional.0.serviceTemplate.metadata.name"), "justdb-postgres");
    });
});

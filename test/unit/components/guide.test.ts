import assert from "node:assert/strict";
import { describeGuide } from "../../support/guide";
import { plan } from "../../support/mocks";
import { argsOfStack } from "../../support/mocks-stack";

const planProd = () => plan(argsOfStack("prod"));

describeGuide(planProd);

describe("the guide's database in prod", () => {
    it("is asked of the chart", async () => {
        const { instances, database, owner, serviceName } = (await planProd()).at(
            "justdb-postgres",
            "values",
        ) as Record<string, unknown>;
        assert.deepEqual([instances, database, owner, serviceName], [3, "justdb", "justdb", "justdb-postgres"]);
    });
});

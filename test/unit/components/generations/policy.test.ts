import assert from "node:assert/strict";
import { rules } from "../../../../policy/rules";
import { plan } from "../../../support/mocks";
import { judged } from "../../../support/policy/judge";

describe("the policy pack, of later generations of passwords", () => {
    it("has nothing against them", async () => {
        const { resources } = await plan({
            postgresPasswordGeneration: 3,
            redisPasswordGeneration: 3,
            jwtSecretGeneration: 3,
        });
        // Those that ask one resource for what it is by itself.
        const asked = rules.filter(
            ({ name, level }) => level === "mandatory" && /^(iam|network|pod|rbac|secret-in|workload)-/.test(name),
        );
        const said = asked.flatMap((rule) =>
            resources.flatMap(({ type, name, inputs }) =>
                judged(rule, { type, name, props: inputs }).violations.map((text) => `${rule.name}: ${name}: ${text}`),
            ),
        );
        assert.deepEqual(said, []);
    });
});

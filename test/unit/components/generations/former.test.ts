import assert from "node:assert/strict";
import { resolve } from "../../../../components/config/resolve";
import { formerPasswords } from "../../../../components/generations/former";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

describe("former passwords", () => {
    it("are none in the first generation", () => {
        assert.deepEqual(formerPasswords(resolve({}, "justdb")), []);
    });

    it("are known by their Secret, those of the first generation by their key in it", () => {
        const former = formerPasswords(resolve({ redisPasswordGeneration: 3 }, "justdb"));
        assert.deepEqual(former, [
            { secretName: "justdb-redis-password", current: "justdb-redis-password-3" },
            { secretName: "justdb-secrets/redis-password", current: "" },
        ]);
    });

    it("are waited for until no pod has them, before their roles are shut out and the step is done", async () => {
        const made = await plan({ postgresPasswordGeneration: 2 });
        assert.ok(waitsFor(made.get("justdb-keys-unused"), "justdb-deployment"));
        assert.ok(waitsFor(made.get("justdb-postgres-owner-role"), "justdb-keys-unused"));
        const redis = await plan({ redisPasswordGeneration: 2 });
        assert.ok(waitsFor(redis.get("justdb-generations-done"), "justdb-keys-unused"));
    });
});

import assert from "node:assert/strict";
import { told } from "../../../../tools/doctor/doctor";
import { ofStack } from "../../../../tools/doctor/stack";

describe("what the checks are told of a stack", () => {
    it("is what it expects, whose it is, and the rights that an update takes", async () => {
        const { about, owner, deployer, kinds, calls } = await told("prod", ofStack({}));
        assert.deepEqual(
            { about, owner, deployer },
            { about: "stack prod", owner: "justdb-cloud/prod/justdb-namespace", deployer: true },
        );
        assert.ok(kinds.length > 0 && calls.length > 0);
    });

    it("names nothing of what is encrypted: it cannot be looked for", async () => {
        const secure = { secure: "AAABAM" };
        const { images, secrets } = await told(
            "prod",
            ofStack({
                "justdb-cloud:appImage": secure,
                "justdb-cloud:jwtExistingSecret": secure,
                "justdb-cloud:postgresExistingSecret": "database",
            }),
        );
        assert.ok(!("appImage" in images) && "migrationsImage" in images);
        assert.deepEqual(
            secrets.map(({ setting }) => setting),
            ["postgresExistingSecret"],
        );
    });
});

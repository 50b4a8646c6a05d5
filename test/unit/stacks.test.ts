import assert from "node:assert/strict";
import { check, resolve } from "../../components/config/resolve";
import { argsOfStack } from "../support/mocks-stack";

describe("the stack files", () => {
    for (const stack of ["dev", "prod", "sandbox"]) {
        it(`${stack} has no problem`, () => {
            assert.deepEqual(check(argsOfStack(stack)), []);
        });
    }

    it("prod is protected and has three of each", () => {
        const { environment, protect, appReplicas, appMaxReplicas, postgresInstances } = resolve(
            argsOfStack("prod"),
            "justdb",
        );
        assert.deepEqual(
            { environment, protect, appReplicas, appMaxReplicas, postgresInstances },
            { environment: "prod", protect: true, appReplicas: 3, appMaxReplicas: 10, postgresInstances: 3 },
        );
    });

    it("dev and sandbox can be removed, and have one database instance", () => {
        for (const stack of ["dev", "sandbox"]) {
            const { protect, postgresInstances } = resolve(argsOfStack(stack), "justdb");
            assert.deepEqual({ protect, postgresInstances }, { protect: false, postgresInstances: 1 });
        }
    });
});

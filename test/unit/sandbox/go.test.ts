import assert from "node:assert/strict";
import { goCommands, goPath, missingCommands } from "../../../sandbox/go/build";
import { versions } from "../../../sandbox/lib/versions";

describe("a Go program that only one command needs", () => {
    const single = goCommands().filter(({ module }) => versions.goModules[module]!.onlyFor);

    it("is built for that command, and by no other", () => {
        assert.ok(single.some(({ name }) => name === "actionlint"));
        const names = missingCommands().map(({ name }) => name);
        for (const { name } of single) assert.ok(!names.includes(name), name);
    });

    it("is not on the sandbox's PATH", () => {
        for (const { module } of single) assert.ok(!goPath().includes(`/${module}-`), module);
    });
});

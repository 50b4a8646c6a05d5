import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { versions } from "../../../sandbox/lib/versions";

const root = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("versions.json, the one list of versions", () => {
    for (const [name, module] of Object.entries(versions.goModules)) {
        it(`${name}: its go.mod requires the version, and its go.sum has the checksum`, () => {
            assert.ok(read(`sandbox/go/${name}/go.mod`).includes(`${module.path} ${module.version}`));
            assert.ok(read(`sandbox/go/${name}/go.sum`).includes(`${module.path} ${module.version} h1:`));
        });

        it(`${name}: every command is a tool of its go.mod`, () => {
            const goMod = read(`sandbox/go/${name}/go.mod`);
            for (const command of module.commands) assert.ok(goMod.includes(join(module.path, command)), command);
        });
    }

    it("has the engine of the SDK's version", () => {
        const sdk = (JSON.parse(read("package.json")) as { dependencies: Record<string, string> }).dependencies[
            "@pulumi/pulumi"
        ];
        assert.equal(versions.goModules.pulumi?.version, `v${sdk}`);
    });

    it("is what the sandbox's stack file and package.json stand on", () => {
        const stack = read("Pulumi.sandbox.yaml");
        const { app, postgres, redis, liquibase } = versions.images;
        for (const image of [app[0]!, postgres, redis, liquibase]) {
            assert.ok(stack.includes(image), image);
        }
        assert.ok(read("package.json").includes(`"node": ">=${versions.node}"`));
    });
});

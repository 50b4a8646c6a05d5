import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleDir } from "../../../../tools/programs/go/build";
import { versions } from "../../../../tools/programs/versions";

const root = join(__dirname, "../../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("versions.json, the list of what is compiled", () => {
    for (const [name, module] of Object.entries(versions.goModules)) {
        const file = (base: string) => readFileSync(join(moduleDir(name), base), "utf8");

        it(`${name}: its go.mod requires the version, and its go.sum has the checksum`, () => {
            assert.ok(file("go.mod").includes(`${module.path} ${module.version}`));
            assert.ok(file("go.sum").includes(`${module.path} ${module.version} h1:`));
        });

        it(`${name}: every command is a tool of its go.mod, or its main.go is here`, () => {
            for (const command of module.commands) {
                const [where, what] = module.ownMain
                    ? ["main.go", module.path]
                    : ["go.mod", join(module.path, command)];
                assert.ok(file(where).includes(what), command);
            }
        });
    }

    it("has the engine of the SDK's version", () => {
        const sdk = (JSON.parse(read("package.json")) as { dependencies: Record<string, string> }).dependencies[
            "@pulumi/pulumi"
        ];
        assert.equal(versions.goModules.pulumi?.version, `v${sdk}`);
    });

    it("asks for the Node that package.json asks for", () => {
        assert.ok(read("package.json").includes(`"node": ">=${versions.node}"`));
    });
});

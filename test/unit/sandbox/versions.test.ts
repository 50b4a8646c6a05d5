import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { corefile } from "../../../sandbox/cluster/addons/dns";
import { moduleDir } from "../../../sandbox/go/build";
import { versions } from "../../../sandbox/lib/versions";

const root = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("versions.json, the one list of versions", () => {
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

    it("CoreDNS has the plugins that its Corefile names", () => {
        const main = read("sandbox/go/coredns/main.go");
        const plugins = [...corefile.matchAll(/^ {4}(\w+)/gm)].map(([, plugin]) => plugin!);
        assert.ok(plugins.includes("kubernetes"));
        for (const plugin of plugins) assert.match(main, new RegExp(`coredns/plugin/${plugin}"`));
    });

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

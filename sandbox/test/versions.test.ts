import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { everyImage } from "../../tools/images/names";
import { corefile } from "../cluster/addons/dns";
import { versions } from "../versions";

const read = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");

describe("versions.json of the sandbox", () => {
    it("CoreDNS has the plugins that its Corefile names", () => {
        const main = read("tools/programs/go/coredns/main.go");
        const plugins = [...corefile.matchAll(/^ {4}(\w+)/gm)].map(([, plugin]) => plugin!);
        assert.ok(plugins.includes("kubernetes"));
        for (const plugin of plugins) assert.match(main, new RegExp(`coredns/plugin/${plugin}"`));
    });

    it("has CloudNativePG and its plugin as the product's list of images has them", () => {
        const { operator, barmanPlugin, barmanSidecar } = versions.images;
        for (const image of [operator, barmanPlugin, barmanSidecar]) assert.ok(everyImage().includes(image), image);
    });

    it("is what the sandbox's stack file stands on", () => {
        const stack = read("Pulumi.sandbox.yaml");
        const { app, postgres, redis, redisExporter, liquibase } = versions.images;
        for (const image of [app[0]!, postgres, redis, redisExporter, liquibase]) {
            assert.ok(stack.includes(image), image);
        }
    });
});

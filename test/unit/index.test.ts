import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { plan } from "../support/mocks";
import { engineConfig, readYaml } from "../support/mocks-stack";

const file = join(__dirname, "../../index.ts");

describe("index.ts", () => {
    it("exports every output of the component", async () => {
        const { outputs, resources } = await plan({ environment: "dev" });
        assert.ok(resources.length > 0);
        const { config } = readYaml("Pulumi.dev.yaml") as { config: Record<string, unknown> };
        pulumi.runtime.setAllConfig(engineConfig(config));
        const exported = Object.keys(createRequire(__filename)(file) as object).filter((name) => name !== "default");
        const wanted = Object.keys(outputs).filter((name) => name !== "urn");
        assert.deepEqual(
            wanted.filter((name) => !exported.includes(name)),
            [],
        );
    });

    it("is what Pulumi runs, beside the component package", () => {
        const { main } = readYaml("Pulumi.yaml") as { main: string };
        assert.equal(join(__dirname, "../..", main), file);
        const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { main: string };
        assert.equal(manifest.main, "components/index.ts");
    });

    it("stays under 40 lines", () => {
        assert.ok(readFileSync(file, "utf8").split("\n").length < 40);
    });
});

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { presetNames, rulesOf } from "../../../policy/pack";
import { rules } from "../../../policy/rules";

const folder = join(__dirname, "../../../policy");
const manifest = (path: string) =>
    JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8")) as { name: string; version: string };

describe("the presets of the policy pack", () => {
    it("have a folder each that starts it, with the pack's version", () => {
        const started = presetNames.filter((name) => name !== "all");
        assert.deepEqual(readdirSync(join(folder, "presets")).sort(), [...started].sort());
        for (const name of started) {
            assert.match(readFileSync(join(folder, "presets", name, "index.js"), "utf8"), new RegExp(`"${name}"`));
            const { version } = manifest(`presets/${name}`);
            assert.equal(version, manifest(".").version, name);
        }
    });

    it("have all rules among them, and the one that reports last", () => {
        assert.deepEqual(rulesOf("all"), rules);
        for (const name of presetNames) assert.equal(rulesOf(name).at(-1)!.name, "stack-exemptions", name);
        const both = [...rulesOf("kubernetes"), ...rulesOf("aws")];
        assert.equal(new Set(both).size, rules.length);
        assert.ok(rulesOf("pod-security").length > 10);
        const contested = presetNames.filter((name) =>
            rulesOf(name).some((it) => it.name === "stack-contested-setting"),
        );
        assert.deepEqual(contested, ["all", "aws"]);
    });
});

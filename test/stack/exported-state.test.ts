import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { repoDir, runDir, sandboxStack, withStack } from "../../sandbox";

describe("an exported state", () => {
    it("is judged by make policy, with no login", async () => {
        const file = path.join(runDir, "policy-export.json");
        const state = await withStack(sandboxStack, (stack) => stack.exportStack());
        const analyze = () =>
            spawnSync("make", ["-s", "policy", `STATE=${file}`, "ARGS=--json"], { cwd: repoDir, encoding: "utf8" });
        fs.writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
        const good = analyze();
        assert.equal(good.status, 0, good.stdout + good.stderr);
        assert.ok(!good.stdout.includes("policyEvent"), good.stdout);
        const broken = state.deployment as { resources: { type: string; inputs: { spec?: { replicas?: number } } }[] };
        const deployment = broken.resources.find(({ type }) => type === "kubernetes:apps/v1:Deployment")!;
        Object.assign((deployment.inputs.spec as unknown as { template: { spec: object } }).template.spec, {
            hostNetwork: true,
        });
        fs.writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
        const bad = analyze();
        fs.rmSync(file);
        assert.notEqual(bad.status, 0);
        assert.match(bad.stdout, /pod-security-host-namespaces/);
    });
});

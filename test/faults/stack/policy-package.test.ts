// The policy pack as an npm package, in a project that has nothing else: what its README says is all there is to do.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { presetNames, rulesOf } from "../../../policy/pack";
import { pulumiHome, repoDir } from "../../../tools/lib/paths";
import { useProgramPath } from "../../../tools/programs/path";

const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "bad", namespace: "team" },
    spec: { containers: [{ name: "app", image: "r.example/app:1", securityContext: { privileged: true } }] },
};
const bucket = { bucket: "files", acl: "public-read" };
const resource = (type: string, inputs: object) => ({
    urn: `urn:pulumi:s::p::${type}::bad`,
    custom: true,
    id: "bad",
    type,
    inputs,
    outputs: inputs,
});
const state = {
    version: 3,
    deployment: {
        manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
        resources: [resource("kubernetes:core/v1:Pod", pod), resource("aws:s3/bucket:Bucket", bucket)],
    },
};

describe("the policy pack's npm package", function () {
    this.timeout(600_000);
    let project: string;

    before(() => {
        useProgramPath();
        project = fs.mkdtempSync(path.join(os.tmpdir(), "policy-package-"));
        const pack = ["pack", "--json", "--pack-destination", project];
        const packed = execFileSync("npm", pack, { cwd: path.join(repoDir, "policy"), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
        const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ filename: string }];
        fs.writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "empty", private: true }));
        const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`];
        execFileSync("npm", install, { cwd: project, stdio: "ignore" });
        fs.writeFileSync(path.join(project, "export.json"), JSON.stringify(state));
    }); // prettier-ignore

    after(() => fs.rmSync(project, { recursive: true, force: true }));

    /** The rules that the pack in a folder of the project finds broken, as its README runs it. */
    function broken(folder: string): string[] {
        const args = ["policy", "analyze", "--json", "--file", "export.json", "--policy-pack", folder];
        const env = { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" };
        const { stdout, stderr } = spawnSync("pulumi", args, { cwd: project, encoding: "utf8", env });
        assert.match(stdout, /summaryEvent/, stderr);
        const events = stdout.split("\n").filter((line) => line.startsWith("{"));
        return events.flatMap((line) => {
            const { policyEvent } = JSON.parse(line) as { policyEvent?: { policyName: string; message: string } };
            if (policyEvent) assert.match(policyEvent.message, /\nWhat to do: /);
            return policyEvent ? [policyEvent.policyName] : [];
        });
    }

    it("runs each preset that its README names, with the rules of that preset alone", () => {
        const readme = fs.readFileSync(path.join(project, "node_modules/justdb-cloud-policy/README.md"), "utf8");
        for (const preset of presetNames) {
            const folder = `node_modules/justdb-cloud-policy${preset === "all" ? "" : `/presets/${preset}`}`;
            assert.ok(readme.includes(folder), `the README does not name ${folder}`);
            const found = new Set(broken(folder));
            const own = new Set(rulesOf(preset).map(({ name }) => name));
            assert.deepEqual([...found].filter((rule) => !own.has(rule)), [], preset); // prettier-ignore
            assert.equal(found.has("pod-security-privileged"), preset !== "aws", preset);
            assert.equal(found.has("s3-acl"), preset === "all" || preset === "aws", preset);
        }
    });

    it("gives its rules to a pack of one's own", () => {
        const code = 'const { rules, toPolicy } = require("justdb-cloud-policy/rules"); console.log(rules.map(toPolicy).length)';
        const count = execFileSync(process.execPath, ["-e", code], { cwd: project, encoding: "utf8" });
        assert.equal(Number(count), rulesOf("all").length);
    }); // prettier-ignore
});

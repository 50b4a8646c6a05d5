import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type { Report } from "../../../ci/report";
import { repoDir, run, sandboxStack, withStack } from "../../../sandbox";
import { privileged, PullRequests } from "../../support/pull-request";

describe("a pull request of a rarer kind", () => {
    const pr = new PullRequests();

    it("for several stacks has one comment for those that are deployed, and they keep the policies", async () => {
        const { code, comment } = await pr.outcome({}, "dev", "prod");
        assert.equal(code, 0, comment);
        for (const name of ["dev", "prod"]) assert.match(comment, new RegExp(`### \`${name}\`: in order`));
        assert.equal(comment.match(/<!-- justdb-cloud: preview -->/g)?.length, 1);
    });

    it("that changes a secret passes, and its comment shows that, and no value", async () => {
        const { code, comment, everything } = await pr.outcome({
            added: () => {
                const data = { password: "a-new-and-secret-value" };
                new k8s.core.v1.Secret("added", { metadata: { namespace: "justdb-cloud" }, stringData: data });
            },
        });
        assert.equal(code, 0, comment);
        assert.match(comment, /- create `Secret` `added`/);
        assert.ok(!everything.includes("a-new-and-secret-value"));
    });

    it("that exempts a resource says so in its comment", async () => {
        const file = path.join(pr.dir, "policy-config.json");
        const exemption = { resource: "kubernetes:core/v1:Pod::added", reason: "only for this test", owner: "tests" };
        const config = { "pod-security-privileged": { exemptions: [{ ...exemption, expires: "2999-12-31" }] } };
        fs.writeFileSync(file, JSON.stringify(config));
        const { comment } = await pr.outcome({ added: privileged, args: ["--policy-config", file] });
        assert.doesNotMatch(comment, /- `pod-security-privileged`/);
        assert.match(comment, /exemption used[^]*pod-security-privileged: .*Pod::added.*only for this test/);
    });

    it("that replaces a volume is blocked, and its comment says which and why", async () => {
        const { code, comment } = await pr.outcome({ config: { redisStorageClass: "other" } });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: blocked: would replace or delete 2 with data\n/);
        assert.match(
            comment,
            /> - replace `StatefulSet` `justdb-redis`, which holds volumes, since [^\n]*`spec.volumeClaimTemplates/,
        );
        assert.match(comment, /> - replace `RandomId` `justdb-redis-volume`/);
    });

    it("that moves to another namespace is blocked for all that it would lose, until all of it is allowed", async () => {
        const config = { namespace: "other" };
        const blocked = await pr.outcome({ config });
        assert.equal(blocked.code, 1);
        for (const kind of ["Namespace", "StatefulSet", "Cluster"]) {
            assert.match(blocked.comment, new RegExp(`> - (replace|delete) \`${kind}\` `));
        }
        const urns = [...blocked.comment.matchAll(/^> - .*<br>`(urn:[^`]+)`$/gm)].map(([, urn]) => urn!);
        assert.equal(urns.length, 3);
        const allowed = await pr.outcome({ config, args: ["--allow-replace", urns.join(" ")] });
        assert.equal(allowed.code, 0, allowed.comment);
        assert.match(allowed.comment, /\*\*Allowed to be replaced or deleted\*\*\n(\n- [^\n]+){3}\n\n/);
        const notAll = await pr.outcome({ config, args: ["--allow-replace", urns[0]!] });
        assert.equal(notAll.code, 1);
    });

    it("to a stack that is not there fails, by the program itself as a workflow runs it", async () => {
        const previewed = withStack(sandboxStack, ({ workspace: { envVars } }) => {
            const args = [path.join(repoDir, "ci/preview.ts"), "--stack", "nowhere", "--reports", pr.dir];
            return run(path.join(repoDir, "node_modules/.bin/tsx"), args, { cwd: repoDir, env: envVars });
        });
        await assert.rejects(previewed, /ended with 1:[^]*Stack nowhere: the preview failed\./);
        const report = JSON.parse(fs.readFileSync(path.join(pr.dir, "nowhere.json"), "utf8")) as Report;
        assert.deepEqual(report.errors, ["there is no such stack"]);
    });
});

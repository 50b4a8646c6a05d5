import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { privileged, PullRequests } from "../support/pull-request";

describe("a pull request", () => {
    const pr = new PullRequests();

    it("with a harmless change passes, and its comment lists the updates", async () => {
        const { code, comment, events } = await pr.outcome({ config: { appCpuTargetPercent: "75" } });
        assert.equal(code, 0, comment);
        assert.match(comment, /## ✓ The plan is in order/);
        assert.match(comment, /- update `HorizontalPodAutoscaler` `justdb-autoscaler`: `spec.metrics.*: 70 → 75`/);
        assert.doesNotMatch(comment, /- (create|replace|delete) /);
        // They were there to be leaked, so the search could have found them.
        assert.ok(pr.someIn(events));
    });

    it("that breaks a rule fails, and its comment names the rule and the resource", async () => {
        const { code, comment } = await pr.outcome({ added: privileged });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: \d+ mandatory violations?\n/);
        assert.match(comment, /\*\*Policy: \d+ advisory\*\*\n\n- `workload-/);
        assert.match(
            comment,
            /\n- `pod-security-privileged` \(critical\): `.+`\n {2}- `Pod` `added`: `.*\.privileged: /,
        );
    });

    it("that replaces the database is blocked, and its comment says which and why", async () => {
        const renamed = () =>
            pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
                if (!type.endsWith(":Cluster")) return undefined;
                const metadata = props.metadata as object;
                return { props: { ...props, metadata: { ...metadata, name: "other" } }, opts };
            });
        const { code, comment } = await pr.outcome({ before: renamed });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: blocked: would replace or delete 1 with data\n/);
        assert.match(
            comment,
            /> - replace `Cluster` `justdb-postgres:.*`, which holds a database.*since `metadata.name` cannot/,
        );
    });

    it("with mistakes in its configuration fails, and its comment says what the program says", async () => {
        const { code, comment } = await pr.outcome({ config: { appReplicas: "three" } });
        assert.equal(code, 1);
        assert.match(comment, /### `sandbox`: the preview failed\n/);
        assert.match(comment, /appReplicas/);
    });
});

import assert from "node:assert/strict";
import { toPolicy } from "../../../../policy/lib/policy";
import { run } from "../../../../policy/lib/run";
import { s3Acl } from "../../../../policy/rules/s3-acl";
import { stackContestedSetting } from "../../../../policy/rules/stack-contested-setting";
import { bucket, companion } from "../../../support/policy/buckets";
import { analyze, analyzeStack } from "../../../support/policy/engine";

describe("a run of the engine", () => {
    afterEach(() => run.reset());

    const policies = [toPolicy(s3Acl), toPolicy(stackContestedSetting)];
    const lifecycleRules = [{ enabled: true }];
    const { type, name, props } = bucket();
    const found = bucket({ lifecycleRules });
    const rules = companion(found, "BucketLifecycleConfiguration");

    it("tells a stack rule what the program has set, and what only the provider found", async () => {
        await analyze(policies, { type, name, props });
        assert.deepEqual(await analyzeStack(policies, [found, rules]), []);
        run.reset();
        await analyze(policies, { type, name, props: { ...props, lifecycleRules } });
        assert.equal((await analyzeStack(policies, [found, rules])).length, 2);
    });
});

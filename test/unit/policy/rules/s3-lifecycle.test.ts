import assert from "node:assert/strict";
import { s3Lifecycle } from "../../../../policy/rules/s3-lifecycle";
import { bucket, companion } from "../../../support/policy/buckets";
import { type Given, judged, unknown } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(s3Lifecycle, given);
const rules = (...statuses: unknown[]) => ({ rules: statuses.map((status, index) => ({ id: `${index}`, status })) });

describe("the rule s3-lifecycle", () => {
    it("passes a rule that is on, in a companion or in the bucket itself", () => {
        const one = bucket();
        for (const kind of ["BucketLifecycleConfiguration", "BucketLifecycleConfigurationV2"])
            assert.deepEqual(said(one, companion(one, kind, rules("Disabled", "Enabled"))).violations, []);
        assert.deepEqual(said(bucket({ lifecycleRules: [{ enabled: true }] })).violations, []);
    });

    it("finds a bucket without one that is on", () => {
        const one = bucket();
        assert.match(said(one).violations.join(), /^files: has no lifecycle rule/);
        assert.match(
            said(one, companion(one, "BucketLifecycleConfiguration", rules("Disabled"))).violations.join(),
            /^files-BucketLifecycleConfiguration: rules\[0\]\.status: /,
        );
        assert.equal(said(bucket({ lifecycleRules: [{ enabled: false }] })).violations.length, 1);
    });

    it("says what it cannot judge", () => {
        const one = bucket();
        const result = said(one, companion(one, "BucketLifecycleConfiguration", { rules: unknown }));
        assert.deepEqual(result, { violations: [], unjudged: ["rules"] });
    });
});

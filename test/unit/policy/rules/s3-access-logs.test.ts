import assert from "node:assert/strict";
import { s3AccessLogs } from "../../../../policy/rules/s3-access-logs";
import { bucket, companion } from "../../../support/policy/buckets";
import { type Given, judged, unknown, urnOf } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(s3AccessLogs, given).violations;

describe("the rule s3-access-logs", () => {
    const [one, logs] = [bucket(), bucket({}, "BucketV2", "logs")];

    it("passes a bucket that logs, and the one that takes the logs", () => {
        for (const kind of ["BucketLogging", "BucketLoggingV2"])
            assert.deepEqual(said(one, logs, companion(one, kind, { targetBucket: "logs-1a2b3c" })), []);
        assert.deepEqual(said(bucket({ logging: { targetBucket: "logs-1a2b3c" } }), logs), []);
        assert.deepEqual(said(bucket({ loggings: [{ targetBucket: "logs-1a2b3c" }] }, "BucketV2"), logs), []);
    });

    it("knows the bucket that takes the logs before it has a name", () => {
        const planned = bucket({ bucket: unknown }, "Bucket", "logs");
        const logging = companion(one, "BucketLogging", { targetBucket: unknown });
        assert.deepEqual(said(one, planned, { ...logging, dependencies: { targetBucket: [urnOf(planned)] } }), []);
    });

    it("finds a bucket that does not log", () => {
        assert.match(said(one).join(), /^files: has no access logs/);
        assert.match(said({ ...one, props: {} }).join(), /^files: has no access logs/);
        assert.match(said(bucket({ bucket: unknown, loggings: [unknown] }, "BucketV2"), one).join(), /files: has no/);
        assert.match(said(bucket({ bucket: unknown })).join(), /^files: has no access logs/);
        assert.match(said(one, logs).join(), /logs: has no access logs/);
        assert.equal(said(one, companion(one, "BucketLogging", { targetBucket: "" })).length, 1);
    });
});

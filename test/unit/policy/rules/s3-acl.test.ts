import assert from "node:assert/strict";
import { s3Acl } from "../../../../policy/rules/s3-acl";
import { breaks } from "../../../support/policy/breaks/s3-acl";
import { judged, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(s3Acl, breaks);

describe("an ACL of S3", () => {
    it("may give rights to the services and owners that need them", () => {
        for (const acl of ["private", "log-delivery-write", "bucket-owner-full-control", "aws-exec-read"])
            assert.deepEqual(judged(s3Acl, { type: "aws:s3/bucketAcl:BucketAcl", props: { acl } }).violations, []);
    });

    it("is judged in its other grants when one is not known", () => {
        const uri = "http://acs.amazonaws.com/groups/global/AllUsers";
        const result = judged(s3Acl, {
            type: "aws:s3/bucket:Bucket",
            props: { acl: unknown, grants: [unknown, { uri }] },
        });
        assert.deepEqual(result.unjudged, ["acl", "grants[0]"]);
        assert.match(result.violations.join(), /^grants\[1\]\.uri: /);
    });
});

import assert from "node:assert/strict";
import { s3PublicAccessBlockSettings } from "../../../../policy/rules/s3-public-access-block-settings";
import { breaks } from "../../../support/policy/breaks/s3-public-access-block-settings";
import { judged } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(s3PublicAccessBlockSettings, breaks);

describe("a block of public access", () => {
    it("without any setting is wrong four times, and an access point without one is fine", () => {
        const said = (type: string) => judged(s3PublicAccessBlockSettings, { type, props: {} }).violations;
        assert.equal(said("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").length, 4);
        assert.deepEqual(said("aws:s3/accessPoint:AccessPoint"), []);
    });
});

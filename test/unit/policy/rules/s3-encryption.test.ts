import assert from "node:assert/strict";
import { s3Encryption } from "../../../../policy/rules/s3-encryption";
import { bucket, companion, plannedCompanion } from "../../../support/policy/buckets";
import { type Given, judged, unknown } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(s3Encryption, given);
const kind = "BucketServerSideEncryptionConfiguration";
const by = (sseAlgorithm: unknown) => ({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] });
const rule = (sseAlgorithm: unknown) => ({ rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } } });
const plural = (sseAlgorithm: unknown) => [{ rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm }] }] }];

describe("the rule s3-encryption", () => {
    it("passes a companion, old or new, and a setting of the bucket itself", () => {
        for (const one of [bucket(), bucket({}, "BucketV2")]) {
            for (const type of [kind, `${kind}V2`]) {
                assert.deepEqual(said(one, companion(one, type, by("AES256"))).violations, []);
                assert.deepEqual(said(one, plannedCompanion(one, type, by("aws:kms"))).violations, []);
            }
        }
        assert.deepEqual(said(bucket({ serverSideEncryptionConfiguration: rule("aws:kms:dsse") })).violations, []);
        assert.deepEqual(
            said(bucket({ serverSideEncryptionConfigurations: plural("AES256") }, "BucketV2")).violations,
            [],
        );
    });

    it("finds a bucket without one, with none in it, or with an algorithm that is none", () => {
        const one = bucket();
        assert.match(said(one).violations.join(), /^files: does not say/);
        assert.match(said(one, companion(one, kind, { rules: [] })).violations.join(), /^files: does not say/);
        assert.match(
            said(one, companion(one, kind, { rules: [{ bucketKeyEnabled: true }] })).violations.join(),
            /^files: /,
        );
        assert.match(
            said(one, companion(one, kind, by("none"))).violations.join(),
            /^files-BucketServer\w+: rules\[0\]\.applyServerSideEncryptionByDefault\.sseAlgorithm: /,
        );
        assert.equal(said(bucket({ serverSideEncryptionConfiguration: rule("none") })).violations.length, 1);
        assert.equal(said(bucket({ serverSideEncryptionConfigurations: plural("none") })).violations.length, 1);
    });

    it("says what it cannot judge", () => {
        const one = bucket();
        const path = "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm";
        assert.deepEqual(said(one, companion(one, kind, by(unknown))), { violations: [], unjudged: [path] });
        const own = bucket({ serverSideEncryptionConfiguration: unknown });
        assert.deepEqual(said(own), { violations: [], unjudged: ["serverSideEncryptionConfiguration"] });
    });

    it("takes what a provider will put there by itself for nothing", () => {
        const planned = { ...bucket({ serverSideEncryptionConfiguration: unknown }), dependencies: {} };
        assert.match(said(planned).violations.join(), /^files: does not say/);
    });

    it("can ask for a key of KMS", () => {
        const one = bucket();
        const config = { algorithms: ["aws:kms"] };
        assert.equal(judged(s3Encryption, [one, companion(one, kind, by("AES256"))], config).violations.length, 1);
        assert.deepEqual(judged(s3Encryption, [one, companion(one, kind, by("aws:kms"))], config).violations, []);
    });
});

import assert from "node:assert/strict";
import { s3Versioning } from "../../../../policy/rules/s3-versioning";
import { bucket, companion, plannedCompanion } from "../../../support/policy/buckets";
import { type Given, judged, unknown } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(s3Versioning, given);
const status = (value: unknown) => ({ versioningConfiguration: { status: value } });

describe("the rule s3-versioning", () => {
    it("passes a companion, old or new, and a setting of the bucket itself", () => {
        for (const one of [bucket(), bucket({}, "BucketV2")]) {
            for (const kind of ["BucketVersioning", "BucketVersioningV2"]) {
                assert.deepEqual(said(one, companion(one, kind, status("Enabled"))).violations, []);
                assert.deepEqual(said(one, plannedCompanion(one, kind, status("Enabled"))).violations, []);
            }
        }
        assert.deepEqual(said(bucket({ versioning: { enabled: true } })).violations, []);
        assert.deepEqual(said(bucket({ versionings: [{ enabled: true }] }, "BucketV2")).violations, []);
    });

    it("takes the companion's word, whatever the provider put into the bucket", () => {
        const one = { ...bucket({ versioning: { enabled: false } }), dependencies: {} };
        assert.deepEqual(said(one, companion(one, "BucketVersioning", status("Enabled"))).violations, []);
    });

    it("finds a bucket that keeps none", () => {
        const one = bucket();
        assert.match(said(one).violations.join(), /^files: keeps no versions/);
        assert.match(
            said(bucket({ versioning: { enabled: false } })).violations.join(),
            /^files: versioning\.enabled: /,
        );
        for (const off of ["Suspended", "Disabled"])
            assert.match(
                said(one, companion(one, "BucketVersioning", status(off))).violations.join(),
                /^files-BucketVersioning: versioningConfiguration\.status: /,
            );
    });

    it("says what it cannot judge", () => {
        const one = bucket();
        const result = said(one, companion(one, "BucketVersioning", { versioningConfiguration: unknown }));
        assert.deepEqual(result, { violations: [], unjudged: ["versioningConfiguration"] });
    });
});

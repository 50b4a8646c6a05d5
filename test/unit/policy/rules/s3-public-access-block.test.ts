import assert from "node:assert/strict";
import { s3PublicAccessBlock } from "../../../../policy/rules/s3-public-access-block";
import { bucket, companion, nativeBucket, plannedCompanion } from "../../../support/policy/buckets";
import { type Given, judged, unknown, urnOf } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(s3PublicAccessBlock, given);
const kind = "BucketPublicAccessBlock";

describe("the rule s3-public-access-block", () => {
    it("passes a bucket with its block, old and new, by its name, its ARN or its id", () => {
        for (const one of [bucket(), bucket({}, "BucketV2")]) {
            assert.deepEqual(said(one, companion(one, kind)), { violations: [], unjudged: [] });
            assert.deepEqual(said(companion(one, kind, { bucket: one.props.arn }), one).violations, []);
        }
        const read = bucket({ bucket: undefined, id: "files-by-id" });
        assert.deepEqual(said(read, companion(read, kind, { bucket: "files-by-id" })).violations, []);
    });

    it("finds a bucket without one, or with another's", () => {
        const [one, other] = [bucket(), bucket({}, "BucketV2", "other")];
        assert.match(said(one).violations.join(), /^files: has no BucketPublicAccessBlock/);
        assert.match(said(one, other, companion(one, kind)).violations.join(), /^other: /);
    });

    it("finds the bucket of a block whose name is not known yet by where it comes from", () => {
        const [one, other] = [bucket({ bucket: unknown }), bucket({ bucket: unknown }, "Bucket", "other")];
        assert.deepEqual(said(one, plannedCompanion(one, kind)), { violations: [], unjudged: [] });
        assert.match(said(one, other, plannedCompanion(one, kind)).violations.join(), /^other: /);
        const ofNone = { ...companion(one, kind, { bucket: unknown }), dependencies: { bucket: [] } };
        assert.equal(said(one, ofNone).violations.length, 1);
    });

    it("takes the name that a component gives out for one of its buckets'", () => {
        const component: Given = { type: "team:index:Files", name: "all", props: {} };
        const root: Given = { type: "pulumi:pulumi:Stack", name: "root", props: {} };
        const inner: Given = { ...bucket({ bucket: unknown }), parent: urnOf(component) };
        const block = (from: Given) => ({
            ...companion(inner, kind, { bucket: unknown }),
            dependencies: { bucket: [urnOf(from)] },
        });
        const placed = { ...component, parent: urnOf(root) };
        assert.deepEqual(said(root, placed, inner, block(component)).violations, []);
        assert.equal(said(root, placed, inner, block(root)).violations.length, 1);
    });

    it("passes a bucket where the account has a block, of the same account and with nothing open", () => {
        const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
        const account = (open: unknown = true, provider?: string): Given => ({
            type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            provider,
            props: { ...Object.fromEntries(settings.map((key) => [key, true])), blockPublicPolicy: open },
        });
        assert.deepEqual(said(bucket(), account()).violations, []);
        assert.deepEqual(said(nativeBucket(), account()).violations, []);
        assert.equal(said(bucket(), account(false)).violations.length, 1);
        assert.equal(said(bucket(), account(unknown)).violations.length, 1);
        const other = "urn:pulumi:test::test::pulumi:providers:aws::other";
        assert.equal(said(bucket(), account(true, other)).violations.length, 1);
        assert.deepEqual(said({ ...bucket(), provider: other }, account(true, other)).violations, []);
        // A provider that chooses no account takes that of the environment, as the default one does.
        const provider = (props: Given["props"]): Given => ({ type: "pulumi:providers:aws", name: "other", props });
        const native: Given = {
            type: "pulumi:providers:aws-native",
            name: "native",
            props: { region: "eu-central-1" },
        };
        const byNative = { ...nativeBucket(), provider: urnOf(native) };
        const region = { region: "eu-central-1" };
        assert.deepEqual(said(provider(region), native, byNative, account(true, other)).violations, []);
        for (const choice of [{ profile: "team" }, { assumeRoles: [{ roleArn: "arn:a" }] }, { accessKey: unknown }])
            assert.equal(said(provider(choice), native, byNative, account(true, other)).violations.length, 1);
    });

    it("leaves directory buckets out", () => {
        assert.deepEqual(said({ type: "aws:s3/directoryBucket:DirectoryBucket", props: {} }).violations, []);
    });
});

import assert from "node:assert/strict";
import type { StackRule } from "../../../../../policy/lib/rule";
import { s3AccessLogs } from "../../../../../policy/rules/s3-access-logs";
import { s3Encryption } from "../../../../../policy/rules/s3-encryption";
import { s3Lifecycle } from "../../../../../policy/rules/s3-lifecycle";
import { s3PublicAccessBlock } from "../../../../../policy/rules/s3-public-access-block";
import { s3TlsOnly } from "../../../../../policy/rules/s3-tls-only";
import { s3Versioning } from "../../../../../policy/rules/s3-versioning";
import { nativeBucket } from "../../../../support/policy/buckets";
import { documentOf } from "../../../../support/policy/documents";
import { type Given, judged, type Props, unknown, urnOf } from "../../../../support/policy/judge";

const encryption = (sseAlgorithm: string): Props => ({
    bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm } }] },
});

/** What aws-native's bucket keeps each rule by, and what breaks it. */
const settings: [StackRule, Props, Props][] = [
    [
        s3Versioning,
        { versioningConfiguration: { status: "Enabled" } },
        { versioningConfiguration: { status: "Suspended" } },
    ],
    [
        s3Lifecycle,
        { lifecycleConfiguration: { rules: [{ status: "Disabled" }, { status: "Enabled" }] } },
        { lifecycleConfiguration: { rules: [{ status: "Disabled" }] } },
    ],
    [s3Encryption, encryption("aws:kms"), encryption("none")],
    [s3AccessLogs, { loggingConfiguration: { destinationBucketName: "logs" } }, { loggingConfiguration: {} }],
    [s3PublicAccessBlock, { publicAccessBlockConfiguration: { blockPublicAcls: true } }, {}],
];

const policy = (bucket: unknown, more: Partial<Given> = {}, Bool: Props = { "aws:SecureTransport": false }): Given => ({
    type: "aws-native:s3:BucketPolicy",
    name: "policy",
    props: {
        bucket,
        policyDocument: documentOf({
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: ["arn:aws:s3:::files-1a2b3c", "arn:aws:s3:::files-1a2b3c/*"],
            Condition: { Bool },
        }),
    },
    ...more,
});

describe("a bucket of aws-native", () => {
    it("has its settings itself", () => {
        for (const [rule, good, bad] of settings) {
            assert.deepEqual(judged(rule, [nativeBucket(good)]), { violations: [], unjudged: [] }, rule.name);
            assert.equal(judged(rule, [nativeBucket(bad)]).violations.length, 1, rule.name);
            assert.equal(judged(rule, [nativeBucket()]).violations.length, 1, rule.name);
        }
    });

    it("names the place that is wrong", () => {
        const { violations } = judged(s3Versioning, [
            nativeBucket({ versioningConfiguration: { status: "Suspended" } }),
        ]);
        assert.match(violations.join(), /^files: versioningConfiguration\.status: does not keep versions/);
    });

    it("has its policy by a resource of its own, as a document or as text", () => {
        const said = (...given: Given[]) => judged(s3TlsOnly, given).violations;
        const one = nativeBucket();
        assert.deepEqual(said(one, policy("files-1a2b3c")), []);
        assert.deepEqual(said(one, policy(unknown, { dependencies: { bucket: [urnOf(one)] } })), []);
        const open = policy("files-1a2b3c", {}, { "aws:SecureTransport": true });
        assert.match(said(one, open).join(), /^policy: policyDocument: does not deny/);
        assert.match(said(one, policy("other")).join(), /^files: has no policy/);
    });

    it("that takes the logs of another has none of its own", () => {
        const logs = nativeBucket({}, "logs");
        const files = nativeBucket({ loggingConfiguration: { destinationBucketName: "logs-1a2b3c" } });
        assert.deepEqual(judged(s3AccessLogs, [logs, files]).violations, []);
        const planned = {
            ...nativeBucket({ loggingConfiguration: { destinationBucketName: unknown } }),
            dependencies: { loggingConfiguration: [urnOf(logs)] },
        };
        assert.deepEqual(judged(s3AccessLogs, [nativeBucket({}, "logs"), planned]).violations, []);
    });
});

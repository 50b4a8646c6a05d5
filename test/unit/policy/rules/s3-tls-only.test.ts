import assert from "node:assert/strict";
import { s3TlsOnly } from "../../../../policy/rules/s3-tls-only";
import { bucket, companion, plannedCompanion } from "../../../support/policy/buckets";
import { bucketStatement, deny, documentOf, textOf } from "../../../support/policy/documents";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";

const arn = "arn:aws:s3:::files-1a2b3c";
const refusal = (more: Props = {}): Props =>
    deny({
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...more,
    });
const said = (...given: Given[]) => judged(s3TlsOnly, given);
const saidOf = (...statements: Props[]) => {
    const one = bucket();
    return said(one, companion(one, "BucketPolicy", { policy: textOf(...statements) })).violations;
};

describe("the rule s3-tls-only", () => {
    it("passes a policy that denies every request without TLS, however it is written", () => {
        const good: Props[][] = [
            [refusal()],
            [bucketStatement(), refusal()],
            [refusal({ Principal: { AWS: "*" } })],
            [refusal({ Principal: { AWS: ["*"] }, Action: ["*"] })],
            [refusal({ Principal: { AWS: ["123456789012", "*"] }, Action: ["s3:GetObject", "s3:*"] })],
            [refusal({ Resource: "*" })],
            [refusal({ Resource: ["arn:aws:s3:::other", "*"] })],
            [refusal({ Resource: `${arn}*` })],
            [refusal({ Resource: ["arn:aws:s3:::*"] })],
            [refusal({ Resource: ["arn:aws-us-gov:s3:::files-1a2b3c", "arn:aws-us-gov:s3:::files-1a2b3c/*"] })],
            [refusal({ Resource: arn }), refusal({ Resource: `${arn}/*` })],
            [refusal({ Condition: { BoolIfExists: { "AWS:securetransport": false } } })],
            [refusal({ Condition: { Bool: { "aws:SecureTransport": ["false"] } } })],
        ];
        for (const statements of good) assert.deepEqual(saidOf(...statements), [], JSON.stringify(statements));
        const one = bucket({ policy: documentOf(refusal()) });
        assert.deepEqual(said(one).violations, []);
        const v2 = bucket({}, "BucketV2");
        assert.deepEqual(said(v2, plannedCompanion(v2, "BucketPolicy", { policy: textOf(refusal()) })).violations, []);
    });

    it("finds a policy that lets some request without TLS through", () => {
        const bad: Props[][] = [
            [],
            [bucketStatement()],
            [refusal({ Effect: "Allow" })],
            [refusal({ Principal: { AWS: "arn:aws:iam::123456789012:role/app" } })],
            [refusal({ Principal: { Service: "*" } })],
            [refusal({ Action: ["s3:GetObject", "s3:PutObject"] })],
            [refusal({ Resource: arn })],
            [refusal({ Resource: `${arn}/*` })],
            [refusal({ Resource: [arn, `${arn}/?`, `${arn}/secret/*`] })],
            [refusal({ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] })],
            [refusal({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
            [refusal({ Condition: {} })],
            [
                refusal({
                    Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:SourceVpc": "vpc-1" } },
                }),
            ],
            [refusal({ Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } } })],
        ];
        for (const statements of bad)
            assert.match(
                saidOf(...statements).join(),
                /^files-BucketPolicy: policy: does not/,
                JSON.stringify(statements),
            );
        const one = bucket();
        assert.match(
            said(one, companion(one, "BucketPolicy", { policy: "{" })).violations.join(),
            /: policy: does not/,
        );
    });

    it("finds a bucket without a policy", () => {
        assert.match(said(bucket()).violations.join(), /^files: has no policy/);
        assert.match(said(bucket({ policy: "" })).violations.join(), /^files: /);
    });

    it("says that it cannot judge a policy, or a bucket's name, that is not known", () => {
        const one = bucket();
        assert.deepEqual(said(one, plannedCompanion(one, "BucketPolicy", { policy: unknown })), {
            violations: [],
            unjudged: ["policy"],
        });
        const nameless = bucket({ bucket: unknown });
        const policy = (Resource: unknown) => ({ policy: textOf(refusal({ Resource })) });
        assert.deepEqual(said(nameless, plannedCompanion(nameless, "BucketPolicy", policy([arn, `${arn}/*`]))), {
            violations: [],
            unjudged: ["bucket"],
        });
        assert.deepEqual(said(nameless, plannedCompanion(nameless, "BucketPolicy", policy("*"))).unjudged, []);
    });
});

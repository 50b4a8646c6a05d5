import assert from "node:assert/strict";
import { lifecycleRule } from "../../../providers/aws/bucket-settings";
import { toCamel, toPascal } from "../../../providers/aws/case";
import { policyDocument } from "../../../providers/aws/policy-document";
import { definitions } from "../../../providers/aws/provider";
import { bearsTags, ownTags, tagList } from "../../../providers/aws/tags";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";

describe("sandbox/providers/aws", () => {
    it("has the types under the SDK's own tokens", () => {
        const types = [
            s3.Bucket,
            s3.BucketVersioning,
            s3.BucketServerSideEncryptionConfiguration,
            s3.BucketPublicAccessBlock,
            s3.BucketOwnershipControls,
            s3.BucketPolicy,
            s3.BucketLifecycleConfiguration,
            iam.User,
            iam.UserPolicy,
            iam.AccessKey,
            iam.Role,
            iam.RolePolicy,
            eks.PodIdentityAssociation,
            kms.Key,
            kms.Alias,
        ];
        const tokens = types.map((type) => (type as unknown as { __pulumiType: string }).__pulumiType);
        assert.deepEqual(Object.keys(definitions).sort(), tokens.sort());
    });

    it("writes names as the APIs do, and back", () => {
        const rule = {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "k" },
            bucketKeyEnabled: true,
        };
        const sent = toPascal(rule);
        assert.deepEqual(sent, {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "k" },
            BucketKeyEnabled: true,
        });
        assert.deepEqual(toCamel(sent), rule);
    });

    it("gives each lifecycle rule a filter, and tags as a list, and passes the rest on", () => {
        assert.deepEqual(lifecycleRule({ id: "a", status: "Enabled" }), {
            ID: "a",
            Status: "Enabled",
            Filter: { Prefix: "" },
        });
        const marker = lifecycleRule({ id: "m", expiration: { expiredObjectDeleteMarker: true } });
        assert.deepEqual(marker.Expiration, { ExpiredObjectDeleteMarker: true });
        const filtered = lifecycleRule({ id: "b", filter: { and: { prefix: "p/", tags: { k: "v" } } } });
        assert.deepEqual(filtered.Filter, { And: { Prefix: "p/", Tags: [{ Key: "k", Value: "v" }] } });
    });

    it("writes a policy document", () => {
        const { json } = policyDocument({
            statements: [
                {
                    sid: "S",
                    actions: ["s3:GetObject"],
                    resources: ["b", "a"],
                    principals: [{ type: "AWS", identifiers: ["arn:x"] }],
                    conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
                },
            ],
        });
        assert.deepEqual(JSON.parse(String(json)), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "S",
                    Effect: "Allow",
                    Action: "s3:GetObject",
                    Resource: ["b", "a"],
                    Principal: { AWS: "arn:x" },
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        });
    });

    it("takes up only what has its tags", () => {
        const wanted = tagList({ team: "db" }, { env: "prod" });
        assert.equal(bearsTags({ team: "db", env: "prod", more: "1" }, wanted), true);
        assert.equal(bearsTags({ team: "other" }, wanted), false);
        assert.equal(bearsTags({}, wanted), true);
        assert.deepEqual(ownTags({ team: "db", env: "prod" }, { team: "db" }), { env: "prod" });
    });
});

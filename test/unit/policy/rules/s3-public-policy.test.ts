import assert from "node:assert/strict";
import { s3PublicPolicy } from "../../../../policy/rules/s3-public-policy";
import { breaks } from "../../../support/policy/breaks/s3-public-policy";
import { bucketHolders, bucketStatement, deny, holding, saidOf } from "../../../support/policy/documents";
import { judged, secret } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(s3PublicPolicy, breaks);

const [holder] = bucketHolders;
const said = saidOf(s3PublicPolicy, holder!);
const everyone = (condition: Record<string, unknown>) =>
    said(bucketStatement({ Principal: { AWS: "*" }, Condition: condition }));

describe("a public bucket policy", () => {
    it("is not one that denies", () => {
        assert.deepEqual(said(deny({ Principal: "*", Action: "s3:*", Resource: "*" })), []);
    });

    it("is not one that a condition narrows to what a caller cannot choose", () => {
        const narrow: Record<string, Record<string, unknown>>[] = [
            { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
            { StringLike: { "aws:principalarn": "arn:aws:iam::123456789012:role/*" } },
            { ArnLike: { "AWS:SourceArn": ["arn:aws:cloudfront::123456789012:distribution/*"] } },
            { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
            { StringEquals: { "aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-5e6f7a8b"] } },
            { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32"] } },
            { StringLike: { "aws:userid": "AROAEXAMPLE:*" } },
            { Bool: { "aws:PrincipalIsAWSService": true } },
            { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } },
            { StringEquals: { "aws:SourceAccount": "123456789012" }, Bool: { "aws:SecureTransport": "true" } },
        ];
        for (const condition of narrow) assert.deepEqual(everyone(condition), [], JSON.stringify(condition));
    });

    it("is one whose condition leaves it open", () => {
        const open: Record<string, Record<string, unknown>>[] = [
            {},
            { Bool: { "aws:SecureTransport": "true" } },
            { StringLike: { "aws:Referer": "https://example.com/*" } },
            { StringLike: { "aws:PrincipalOrgID": "*" } },
            { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } },
            { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
            { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
            { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
            { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
            { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1", "128.0.0.0/1"] } },
            { IpAddress: { "aws:SourceIp": "::/0" } },
            { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
            { StringEquals: { "aws:SourceAccount": ["123456789012", "*"] } },
            { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } },
            { StringEquals: { "aws:PrincipalTag/team": "a" } },
            { Bool: { "aws:PrincipalIsAWSService": "false" } },
            { Bool: { "aws:PrincipalIsAWSService": ["true", "false"] } },
            { StringLike: { "aws:PrincipalOrgPaths": "*/r-ab12/*" } },
            { StringLike: { constructor: "x" } },
            { StringEquals: { "aws:SourceVpc": [] } },
        ];
        for (const condition of open) assert.equal(everyone(condition).length, 1, JSON.stringify(condition));
    });

    it("is found in any spelling: one statement, small letters, a list of principals", () => {
        const statement = { effect: "allow", principal: { aws: "*" }, action: "s3:getobject", resource: "*" };
        const { violations } = judged(s3PublicPolicy, holding(holder!, JSON.stringify({ statement })));
        assert.match(violations.join(), /^policy\.statement\.principal\.aws: /);
    });

    it("must be JSON with statements, and its text is not told", () => {
        for (const text of ["{no-json-4711", '"4711"', "[]", "{}"]) {
            const { violations } = judged(s3PublicPolicy, holding(holder!, text));
            assert.match(violations.join(), /^policy: (?:is no valid JSON|has no Statement)/);
            assert.doesNotMatch(violations.join(), /4711/);
        }
        assert.deepEqual(judged(s3PublicPolicy, holding(holder!, "")).violations, []);
    });

    it("is found in a document that is a secret", () => {
        const text = JSON.stringify({ Statement: bucketStatement({ Principal: "*" }) });
        assert.equal(judged(s3PublicPolicy, holding(holder!, secret(text))).violations.length, 1);
    });

    it("says nothing of services and origin access identities", () => {
        const principals = [
            { Service: "cloudfront.amazonaws.com" },
            { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE" },
            { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
        ];
        for (const Principal of principals) assert.deepEqual(said(bucketStatement({ Principal })), []);
    });
});

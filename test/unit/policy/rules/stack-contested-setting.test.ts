import assert from "node:assert/strict";
import { stackContestedSetting } from "../../../../policy/rules/stack-contested-setting";
import { bucket, companion, nativeBucket, plannedCompanion } from "../../../support/policy/buckets";
import { type Given, judged, type Props, unknown, urnOf } from "../../../support/policy/judge";

const said = (...given: Given[]) => judged(stackContestedSetting, given).violations;
const named = (given: Given, name: string): Given => ({ ...given, name });
const twice = (given: Given) => said(named(given, "one"), named(given, "two")).length;

describe("the rule stack-contested-setting", () => {
    const kinds = [
        "BucketPolicy",
        "BucketLifecycleConfiguration",
        "BucketPublicAccessBlock",
        "BucketVersioning",
        "BucketServerSideEncryptionConfiguration",
        "BucketOwnershipControls",
        "BucketAcl",
        "BucketNotification",
        "BucketReplicationConfig",
        "BucketCorsConfiguration",
        "BucketLogging",
    ];

    it("finds two resources for one setting of a bucket, and names the other", () => {
        const one = bucket();
        for (const kind of kinds) {
            const violations = said(one, named(companion(one, kind), "one"), named(companion(one, kind), "two"));
            assert.equal(violations.length, 2, kind);
            assert.match(violations[0]!, /^one: bucket: the .* of a bucket is set here and by two, /, kind);
            assert.match(violations[1]!, /^two: bucket: .* and by one, /, kind);
        }
    });

    it("passes one for each bucket, and several kinds for one", () => {
        const [one, other] = [bucket(), bucket({}, "Bucket", "other")];
        const all = [one, other].flatMap((it) => [it, ...kinds.map((kind) => companion(it, kind))]);
        assert.deepEqual(said(...all), []);
    });

    it("takes the old and the new type, the ARN and the name, and both providers for one", () => {
        const one = bucket();
        const versioning = companion(one, "BucketVersioning");
        assert.equal(said(one, versioning, companion(one, "BucketVersioningV2")).length, 2);
        assert.equal(said(one, versioning, companion(one, "BucketVersioning", { bucket: one.props.arn })).length, 2);
        const policy = { type: "aws-native:s3:BucketPolicy", props: { bucket: one.props.bucket, policyDocument: {} } };
        assert.equal(said(one, companion(one, "BucketPolicy"), policy).length, 2);
    });

    it("finds them in a preview by where the bucket's name comes from, and for a bucket of another stack", () => {
        const [one, other] = [bucket({ bucket: unknown }), bucket({ bucket: unknown }, "Bucket", "other")];
        const planned = (of: Given, name: string) => named(plannedCompanion(of, "BucketPolicy"), name);
        assert.equal(said(one, other, planned(one, "a"), planned(one, "b"), planned(other, "c")).length, 2);
        assert.equal(twice(companion(one, "BucketPolicy", { bucket: "elsewhere" })), 2);
    });

    it("leaves alone what it cannot tell apart: names that a component gives out", () => {
        const component: Given = { type: "team:index:Files", name: "all", props: {} };
        const from = { bucket: unknown };
        const policy: Given = {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            props: from,
            dependencies: { bucket: [urnOf(component)] },
        };
        assert.deepEqual(said(component, named(policy, "one"), named(policy, "two")), []);
    });

    it("finds a setting of the bucket itself beside a resource for it, when the program has set it", () => {
        const settings: [string, Props, string][] = [
            ["Bucket", { lifecycleRules: [{ enabled: true }] }, "BucketLifecycleConfiguration"],
            ["BucketV2", { versionings: [{ enabled: true }] }, "BucketVersioning"],
            ["Bucket", { policy: "{}" }, "BucketPolicy"],
        ];
        for (const [kind, props, other] of settings) {
            const one = bucket(props, kind as "Bucket");
            assert.equal(said(one, companion(one, other)).length, 2, other);
            assert.deepEqual(said({ ...one, inputs: [] }, companion(one, other)), [], other);
        }
        const empty = bucket({ lifecycleRules: [] });
        assert.deepEqual(said(empty, companion(empty, "BucketLifecycleConfiguration")), []);
    });

    it("finds a setting of aws-native's bucket beside a resource of aws", () => {
        const settings: [Props, string][] = [
            [{ publicAccessBlockConfiguration: { blockPublicAcls: true } }, "BucketPublicAccessBlock"],
            [{ versioningConfiguration: { status: "Enabled" } }, "BucketVersioning"],
            [{ lifecycleConfiguration: { rules: [{ status: "Enabled" }] } }, "BucketLifecycleConfiguration"],
            [{ bucketEncryption: {} }, "BucketServerSideEncryptionConfiguration"],
            [{ ownershipControls: { rules: [] } }, "BucketOwnershipControls"],
        ];
        for (const [props, kind] of settings) {
            const one = nativeBucket(props);
            const other = companion(bucket(), kind);
            assert.equal(said(one, other).length, 2, kind);
            assert.deepEqual(said({ ...one, inputs: [] }, other), [], kind);
        }
    });

    it("finds two for one identity, key, queue and the like", () => {
        const of: [string, Props][] = [
            ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", { roleName: "app" }],
            ["aws:iam/userPoliciesExclusive:UserPoliciesExclusive", { userName: "app" }],
            ["aws:iam/rolePolicy:RolePolicy", { role: "app", name: "read" }],
            ["aws-native:iam:RolePolicy", { roleName: "app", policyName: "read" }],
            ["aws:iam/groupMembership:GroupMembership", { group: "team" }],
            ["aws:iam/policyAttachment:PolicyAttachment", { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
            ["aws:kms/keyPolicy:KeyPolicy", { keyId: "4711" }],
            ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "https://sqs.eu-central-1.amazonaws.com/1/app" }],
            ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "arn:aws:secretsmanager:eu:1:secret:app" }],
        ];
        for (const [type, props] of of) assert.equal(twice({ type, props }), 2, type);
        const policy = (name?: string): Given => ({
            type: "aws:iam/rolePolicy:RolePolicy",
            name: name ?? "auto",
            props: { role: "app", name },
        });
        assert.deepEqual(said(policy("read"), policy("write"), policy(), named(policy(), "more")), []);
    });

    it("takes the same name in another account for another", () => {
        const list = (name: string, provider: string): Given => ({
            type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
            name,
            provider: `urn:pulumi:test::test::pulumi:providers:aws::${provider}`,
            props: { roleName: "app" },
        });
        assert.deepEqual(said(list("one", "blue"), list("two", "green")), []);
        assert.equal(said(list("one", "default_6_1_0"), list("two", "default_7_0_0")).length, 2);
    });

    it("finds a policy that is attached beside the whole list", () => {
        const role: Given = { type: "aws:iam/role:Role", name: "app", props: { name: "app" } };
        const attached = (policyArn: unknown): Given => ({
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "more",
            props: { role: "app", policyArn },
        });
        const list = (policyArns: unknown): Given => ({
            type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
            name: "list",
            props: { roleName: "app", policyArns },
        });
        assert.match(
            said(role, list(["arn:a"]), attached("arn:b")).join(),
            /^more: policyArn: is not in list's whole list/,
        );
        assert.deepEqual(said(role, list(["arn:a", "arn:b"]), attached("arn:b")), []);
        assert.deepEqual(said(role, attached("arn:b")), []);
        const result = judged(stackContestedSetting, [role, list([unknown]), attached("arn:b")]);
        assert.deepEqual(result, { violations: [], unjudged: ["policyArns[0]"] });
        const own = { ...role, props: { ...role.props, managedPolicyArns: ["arn:a"] } };
        assert.deepEqual(said(own, attached("arn:b")), []);
        assert.equal(said({ ...own, inputs: ["managedPolicyArns"] }, attached("arn:b")).length, 1);
        const inline = { ...role, props: { name: "app", inlinePolicies: [{ name: "read", policy: "{}" }] } };
        const policy = (name: string): Given => ({
            type: "aws:iam/rolePolicy:RolePolicy",
            props: { role: "app", name },
        });
        const inputs = ["inlinePolicies"];
        assert.deepEqual(said({ ...inline, inputs }, policy("read")), []);
        assert.equal(said({ ...inline, inputs }, policy("write")).length, 1);
    });

    it("is linear in the resources", () => {
        const one = bucket();
        const many = Array.from({ length: 5_000 }, (_, index) => named(companion(one, "BucketPolicy"), `p${index}`));
        const started = process.cpuUsage().user;
        assert.equal(said(one, ...many).length, many.length);
        assert.ok(process.cpuUsage().user - started < 5e6);
    });
});

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
        const acl = (value: string) => bucket({ acl: value });
        assert.equal(said(acl("public-read"), companion(acl("public-read"), "BucketAcl")).length, 2);
        // The older Bucket has it by itself.
        assert.deepEqual(said(acl("private"), companion(acl("private"), "BucketAcl")), []);
    });

    it("finds two for one object, by its key", () => {
        const [one, other] = [companion(bucket(), "BucketObject"), companion(bucket(), "BucketObjectv2")];
        const at = (given: Given, key: string): Given => ({ ...given, props: { ...given.props, key } });
        assert.equal(said(at(one, "a.txt"), at(other, "a.txt")).length, 2);
        assert.deepEqual(said(at(one, "a.txt"), at(other, "b.txt")), []);
    });

    it("finds two for one account, or for one region of it", () => {
        const provider = (name: string, props: Props = {}): Given => ({ type: "pulumi:providers:aws", name, props });
        const [eu, us] = [provider("eu", { region: "eu-central-1" }), provider("us", { region: "us-east-1" })];
        const other = provider("other", { profile: "other" });
        const of = (from: Given, type: string, props: Props = {}): Given => ({
            type: `aws:${type}`,
            name: `by-${from.name}`,
            provider: urnOf(from),
            props,
        });
        const both = (one: Given, two: Given, type: string, ...props: Props[]) =>
            said(eu, us, other, of(one, type, props[0]), { ...of(two, type, props[1]), name: "two" });
        const block = "s3/accountPublicAccessBlock:AccountPublicAccessBlock";
        assert.match(
            both(eu, us, block).join(),
            /^by-eu: the block of public access of an account is set here and by two/,
        );
        assert.deepEqual(both(eu, other, block), []);
        assert.deepEqual(both(eu, us, block, { accountId: "111111111111" }, { accountId: "222222222222" }), []);
        assert.equal(both(eu, us, "iam/accountPasswordPolicy:AccountPasswordPolicy").length, 2);
        const volumes = "ebs/encryptionByDefault:EncryptionByDefault";
        assert.equal(both(eu, eu, volumes).length, 2);
        assert.deepEqual(both(eu, us, volumes), []);
        const policy = "ecr/repositoryPolicy:RepositoryPolicy";
        const app = { repository: "app" };
        assert.equal(both(eu, eu, policy, app, app).length, 2);
        assert.deepEqual(both(eu, us, policy, app, app), []);
        assert.deepEqual(both(eu, eu, policy, app, { ...app, region: "us-east-1" }), []);
        const list = "iam/rolePoliciesExclusive:RolePoliciesExclusive";
        assert.equal(both(eu, us, list, { roleName: "app" }, { roleName: "app" }).length, 2);
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
            ["aws:sqs/redrivePolicy:RedrivePolicy", { queueUrl: "https://sqs.eu-central-1.amazonaws.com/1/app" }],
            ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "arn:aws:secretsmanager:eu:1:secret:app" }],
            [
                "aws:s3control/accessPointPolicy:AccessPointPolicy",
                { accessPointArn: "arn:aws:s3:eu:1:accesspoint/app" },
            ],
            ["aws:efs/fileSystemPolicy:FileSystemPolicy", { fileSystemId: "fs-4711" }],
            ["aws-native:sqs:QueueInlinePolicy", { queue: "https://sqs.eu-central-1.amazonaws.com/1/app" }],
            ["aws-native:sns:TopicPolicy", { topics: ["arn:aws:sns:eu:1:app"] }],
        ];
        for (const [type, props] of of) assert.equal(twice({ type, props }), 2, type);
        const topics = ["arn:aws:sns:eu:1:app", "arn:aws:sns:eu:1:app"];
        assert.deepEqual(said({ type: "aws-native:sns:TopicPolicy", props: { topics } }), []);
        const policy = (name?: string): Given => ({
            type: "aws:iam/rolePolicy:RolePolicy",
            name: name ?? "auto",
            props: { role: "app", name },
        });
        assert.deepEqual(said(policy("read"), policy("write"), policy(), named(policy(), "more")), []);
        const native = { type: "aws-native:iam:RolePolicy", props: { roleName: "app", policyName: "read" } };
        assert.equal(said(policy("read"), native).length, 2);
        assert.deepEqual(said(policy("write"), native), []);
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

    it("finds a policy or a member beside the whole list of those that have it", () => {
        const list: Given = {
            type: "aws:iam/policyAttachment:PolicyAttachment",
            name: "list",
            props: { policyArn: "arn:a", roles: ["app"] },
        };
        const attached = (kind: string, to: string, policyArn = "arn:a"): Given => ({
            type: `aws:iam/${kind}PolicyAttachment:${kind[0]!.toUpperCase()}${kind.slice(1)}PolicyAttachment`,
            name: "more",
            props: { [kind]: to, policyArn },
        });
        assert.match(
            said(list, attached("role", "web")).join(),
            /^more: role: is not in list's whole list of roles that have/,
        );
        assert.equal(said(list, attached("user", "somebody")).length, 1);
        assert.deepEqual(said(list, attached("role", "app"), attached("role", "web", "arn:b")), []);
        const members = (...users: string[]): Given => ({
            type: "aws:iam/groupMembership:GroupMembership",
            name: "members",
            props: { group: "team", users },
        });
        const member: Given = {
            type: "aws:iam/userGroupMembership:UserGroupMembership",
            name: "more",
            props: { user: "somebody", groups: ["others", "team"] },
        };
        assert.match(said(members("else"), member).join(), /^more: user: is not in members's whole list of members/);
        assert.deepEqual(said(members("else", "somebody"), member), []);
        assert.deepEqual(said(member, named(member, "again")), []);
    });

    it("finds a rule or a route beside those that a security group or a route table has itself", () => {
        const owner = (type: string, id: string, props: Props): Given => ({
            type: `aws:ec2/${type}`,
            name: "own",
            props: { id, ...props },
            inputs: Object.keys(props),
        });
        const firewall = owner("securityGroup:SecurityGroup", "sg-1", { ingress: [{ fromPort: 443 }] });
        const rule = (type: string): Given => ({
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "more",
            props: { securityGroupId: "sg-1", type },
        });
        const newRule: Given = {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "more",
            props: { securityGroupId: "sg-1" },
        };
        assert.match(
            said(firewall, rule("ingress")).join(),
            /^more: securityGroupId: is of own, which has rules of ingress/,
        );
        assert.equal(said(firewall, newRule).length, 1);
        assert.deepEqual(said(firewall, rule("egress")), []);
        // What the provider has found there.
        assert.deepEqual(said({ ...firewall, inputs: [] }, rule("ingress"), newRule), []);
        const table = owner("routeTable:RouteTable", "rtb-1", { routes: [{ cidrBlock: "0.0.0.0/0" }] });
        const route = (routeTableId: string): Given => ({ type: "aws:ec2/route:Route", props: { routeTableId } });
        assert.equal(said(table, route("rtb-1")).length, 1);
        assert.deepEqual(said(table, route("rtb-2")), []);
    });

    it("is linear in the resources", () => {
        const one = bucket();
        const many = Array.from({ length: 5_000 }, (_, index) => named(companion(one, "BucketPolicy"), `p${index}`));
        const started = process.cpuUsage().user;
        assert.equal(said(one, ...many).length, many.length);
        assert.ok(process.cpuUsage().user - started < 5e6);
    });
});

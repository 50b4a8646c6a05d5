import assert from "node:assert/strict";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { kubectl, sandboxStack, withStack } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { brokenNamespace, brokenStack, literal } from "../support/policy/broken-stack";
import { failure, pack, previewPod } from "../support/policy/previews";
import { pulumi } from "../support/pulumi-up";
import { forget } from "../support/test-stack";

const families = [
    "pod-security-privileged",
    "workload-bare-pods",
    "rbac-wildcards",
    "namespace-pod-security-labels",
    "network-exposed-services",
    "ingress-tls",
    "image-latest-tag",
    "secret-in-config-map",
    "s3-public-access-block",
    "iam-wildcards",
    "kms-rotation",
    "stack-default-deny",
];

/** Those that the engine would name after the bucket of the broken stack. */
async function bucketNames(): Promise<string[]> {
    const { Buckets = [] } = await new S3Client(clientSettings()).send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => Name!).filter((name) => name.startsWith("bucket-"));
}

describe("the policy pack", () => {
    it("stops pulumi up of a stack that breaks a rule of each family, before anything is made", async () => {
        const output = await failure(pulumi("up", "policy-broken", brokenStack, ["--yes", ...pack]));
        for (const rule of families) assert.ok(output.includes(rule), `${rule} is not in:\n${output}`);
        assert.ok(!output.includes(literal), "a secret is shown");
        assert.deepEqual(await bucketNames(), []);
        await assert.rejects(kubectl(["get", "namespace", brokenNamespace]), /NotFound/);
        await withStack(
            "policy-broken",
            async (stack) => {
                const { resources = [] } = (await stack.exportStack()).deployment as { resources?: { type: string }[] };
                assert.deepEqual(
                    resources.filter(({ type }) => !type.startsWith("pulumi:")),
                    [],
                );
                await stack.workspace.removeStack("policy-broken");
            },
            { settingsOf: sandboxStack },
        );
    });

    describe("with a pod that lacks one thing", () => {
        after(() => forget("policy-pod"));

        it("stops it, and names the place", async () => {
            const output = await failure(previewPod({}));
            assert.match(output, /pod-security-seccomp/);
            assert.match(output, /template\.spec/);
        });

        it("passes it with an exemption, and says so", async () => {
            const exemption = {
                resource: "kubernetes:core/v1:PodTemplate::template",
                reason: "a test of exemptions",
                owner: "the tests",
                expires: "2999-12-31",
            };
            const output = await previewPod({ "pod-security-seccomp": { exemptions: [exemption] } });
            assert.match(output, /Exemption used: pod-security-seccomp: kubernetes:core\/v1:PodTemplate::template/);
        });
    });
});

import assert from "node:assert/strict";
import { policyPack, stackNames } from "../../../sandbox";
import { makePlan } from "../../support/plan";
import { hiddenStack } from "../../support/policy/broken-stack";
import { failure, pack, previewPod } from "../../support/policy/previews";
import { pulumi } from "../../support/pulumi-up";
import { forget } from "../../support/test-stack";

describe("the policy pack, with other configurations", () => {
    after(() => forget("policy-hidden", "policy-pod"));

    for (const name of stackNames()) {
        it(`finds nothing in stack ${name} with no configuration`, async () => {
            const { policyPacks } = policyPack;
            assert.deepEqual((await makePlan(name, { policyPacks })).found, []);
        });
    }

    it("stops a Helm release, which hides what it installs", async () => {
        const output = await failure(pulumi("preview", "policy-hidden", hiddenStack, pack));
        for (const rule of ["helm-pinned-chart", "helm-release"]) assert.ok(output.includes(rule), output);
    });

    describe("with a pod that lacks one thing", () => {
        it("takes no exemption that has expired, or gives no reason", async () => {
            const exemption = {
                resource: "*",
                reason: "a test of exemptions",
                owner: "the tests",
                expires: "2020-01-01",
            };
            const expired = await failure(previewPod({ "pod-security-seccomp": { exemptions: [exemption] } }));
            assert.match(expired, /stack-exemptions/);
            assert.match(expired, /expired on 2020-01-01/);
            assert.match(expired, /template\.spec/);
            const { owner, expires, resource } = exemption;
            const unexplained = await failure(
                previewPod({ "pod-security-seccomp": { exemptions: [{ owner, expires, resource }] } }),
            );
            assert.match(unexplained, /reason is required/);
        });

        it("puts it right at the level remediate", async () => {
            const output = await previewPod({ "pod-security-seccomp": "remediate" }, "--diff");
            assert.match(output, /pod-security-seccomp/);
            assert.match(output, /RuntimeDefault/);
        });
    });
});

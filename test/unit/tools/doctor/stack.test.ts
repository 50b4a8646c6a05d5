import assert from "node:assert/strict";
import { ofStack } from "../../../../tools/doctor/stack";

describe("what a stack's file says", () => {
    it("is its settings, and which cluster and account they are for", () => {
        const { args, context, kubeconfig, profile, region, unread } = ofStack({
            "aws:region": "eu-west-1",
            "aws:profile": "production",
            "kubernetes:context": "eks-prod",
            "justdb-cloud:appReplicas": 4,
            "justdb-cloud:postgresPassword": { secure: "AAABAM" },
            "justdb-cloud:appImage": { secure: "AAABAN" },
        });
        assert.deepEqual(
            { context, kubeconfig, profile, region },
            { context: "eks-prod", kubeconfig: "", profile: "production", region: "eu-west-1" },
        );
        assert.equal(args.appReplicas, 4);
        assert.deepEqual(unread, ["postgresPassword", "appImage"]);
    });
});

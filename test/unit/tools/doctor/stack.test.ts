import assert from "node:assert/strict";
import { ofStack } from "../../../../tools/doctor/stack";

describe("what a stack's file says", () => {
    it("is its settings, and which cluster and account they are for", () => {
        const { args, cluster, context, kubeconfig, profile, region, unread } = ofStack({
            "aws:region": "eu-west-1",
            "aws:profile": "production",
            "kubernetes:context": "eks-prod",
            "kubernetes:cluster": "standby",
            "justdb-cloud:appReplicas": 4,
            "justdb-cloud:postgresPassword": { secure: "AAABAM" },
            "justdb-cloud:appImage": { secure: "AAABAN" },
        });
        assert.deepEqual(
            { cluster, context, kubeconfig, profile, region },
            { cluster: "standby", context: "eks-prod", kubeconfig: "", profile: "production", region: "eu-west-1" },
        );
        assert.equal(args.appReplicas, 4);
        assert.deepEqual(unread, ["postgresPassword", "appImage"]);
    });
});

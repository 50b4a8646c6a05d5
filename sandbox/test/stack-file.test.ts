import assert from "node:assert/strict";
import { load } from "js-yaml";
import { ownNamespace, saltOf, sandboxSettings } from "../stack-file";

const file = `
secretsprovider: awskms://alias/pulumi
encryptedkey: AbCd
config:
    aws:region: eu-central-1
    aws:profile: production
    kubernetes:context: production
    justdb-cloud:appReplicas: 3
    justdb-cloud:loadBalancerSourceRanges:
        - 203.0.113.0/24
    justdb-cloud:jwtSecret:
        secure: AAABAM
`;

describe("a stack's file in the sandbox", () => {
    it("keeps its settings, and leaves out what is for another cluster, account or key", () => {
        const { text, leftOut } = sandboxSettings(file);
        assert.deepEqual(load(text), {
            config: {
                "aws:region": "eu-central-1",
                "justdb-cloud:appReplicas": 3,
                "justdb-cloud:loadBalancerSourceRanges": ["203.0.113.0/24"],
            },
        });
        assert.deepEqual(leftOut, ["aws:profile", "kubernetes:context", "justdb-cloud:jwtSecret"]);
    });

    it("has the salt of the copy that the engine worked on", () => {
        const { text } = sandboxSettings(file, "v1:salt");
        assert.equal(saltOf(text), "v1:salt");
        assert.equal(saltOf(sandboxSettings(file).text), undefined);
    });

    it("takes other values on top, as texts, which may name another cluster", () => {
        const over = { "justdb-cloud:appReplicas": "5", "kubernetes:kubeconfig": "/elsewhere" };
        const { text, leftOut } = sandboxSettings(file, undefined, over);
        assert.deepEqual(load(text), {
            config: {
                "aws:region": "eu-central-1",
                "justdb-cloud:appReplicas": "5",
                "justdb-cloud:loadBalancerSourceRanges": ["203.0.113.0/24"],
                "kubernetes:kubeconfig": "/elsewhere",
            },
        });
        assert.deepEqual(leftOut, ["aws:profile", "kubernetes:context", "justdb-cloud:jwtSecret"]);
    });

    it("is for a namespace of its own where it says the one of the sandbox's stack, or none", () => {
        const own = { "justdb-cloud:namespace": "justdb-cloud-prod" };
        assert.deepEqual(ownNamespace("prod", file), own);
        assert.deepEqual(ownNamespace("prod", "config:\n    justdb-cloud:namespace: justdb-cloud\n"), own);
        assert.equal(ownNamespace("prod", "config:\n    justdb-cloud:namespace: justdb\n"), undefined);
    });

    it("may be empty", () => {
        for (const text of ["", "config:\n"]) assert.deepEqual(load(sandboxSettings(text).text), { config: {} });
    });
});

import assert from "node:assert/strict";
import { resolve } from "../../../../components/config/resolve";
import { PlainError } from "../../../../tools/lib/plain-error";
import { ofStack, readStack } from "../../../../tools/doctor/stack";

const file = `
config:
    aws:region: eu-west-1
    aws:profile: production
    kubernetes:context: eks-prod
    justdb-cloud:environment: prod
    justdb-cloud:appReplicas: 4
    justdb-cloud:dnsCidrs:
        - 169.254.20.10/32
    justdb-cloud:postgresPassword:
        secure: AAABAM
    justdb-cloud:appImage:
        secure: AAABAN
`;

describe("what a stack's file says", () => {
    it("is its settings, and which cluster and account they are for", () => {
        const { args, project, context, profile, region } = ofStack(file);
        assert.deepEqual(
            { project, context, profile, region },
            { project: "justdb-cloud", context: "eks-prod", profile: "production", region: "eu-west-1" },
        );
        assert.equal(args.appReplicas, 4);
        assert.equal(resolve(args, "justdb").postgresInstances, 3);
    });

    it("leaves out what is encrypted, and says which of it tells something", () => {
        const { args, unread } = ofStack(file);
        assert.deepEqual(unread, ["justdb-cloud:appImage"]);
        assert.ok(args.postgresPassword !== undefined && args.appImage === undefined);
    });

    it("fails where the engine's program would, in the same words", () => {
        assert.throws(
            () => ofStack("config: { justdb-cloud:appReplica: 4 }"),
            (error: Error) => error instanceof PlainError && /did you mean appReplicas\?/.test(error.message),
        );
    });

    it("is not there for a stack without a file", () => {
        assert.throws(
            () => readStack("staging"),
            (error: Error) =>
                error instanceof PlainError &&
                /STACK=staging: there is no Pulumi\.staging\.yaml, only those of .*prod/.test(error.message),
        );
    });
});

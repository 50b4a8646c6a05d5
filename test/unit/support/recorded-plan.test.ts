import assert from "node:assert/strict";
import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { losses, summary } from "../../support/recorded-plan";
import type { RecordedState } from "../../support/recorded-state";

const types = {
    bucket: "aws:s3/bucket:Bucket",
    tls: "aws:s3/bucketPolicy:BucketPolicy",
    password: "random:index/randomPassword:RandomPassword",
    policy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    protected: "kubernetes:core/v1:ConfigMap",
};

const resources = Object.entries(types).map(([urn, type]) => ({ urn, type, protect: urn === "protected" }));
const state = { deployment: { version: 3, deployment: { resources } } } as unknown as RecordedState;

const step = (op: string, urn: keyof typeof types | "other", before?: string) =>
    ({ op, urn, type: urn === "other" ? types.bucket : types[urn], old: before && { urn: before } }) as never;
const same = (urn: keyof typeof types): StepEventMetadata => step("same", urn);

describe("a plan on a recorded state", () => {
    it("loses nothing where what holds data stays or changes in place, whatever becomes of the rest", () => {
        const steps = [same("bucket"), same("tls"), step("update", "password"), same("protected")];
        assert.deepEqual(losses(state, [...steps, step("delete", "policy")]), []);
    });

    it("loses what is replaced, deleted or not in it", () => {
        const replaced = ["create-replacement", "replace", "delete-replaced"].map((op) => step(op, "bucket"));
        assert.deepEqual(losses(state, [...replaced, same("tls"), step("delete", "password")]), [
            "create-replacement, replace, delete-replaced: bucket",
            "delete: password",
            "nothing: protected",
        ]);
    });

    it("loses nothing that goes on under another name by an alias, but what is made anew beside it", () => {
        const others = [same("tls"), same("password"), same("protected")];
        assert.deepEqual(losses(state, [...others, step("same", "other", "bucket")]), []);
        const anew = [step("create", "other"), step("delete", "bucket", "bucket")];
        assert.deepEqual(losses(state, [...others, ...anew]), ["delete: bucket"]);
    });

    it("is told by operation and type", () => {
        const steps = [same("bucket"), step("delete", "policy"), step("update", "tls"), step("delete", "policy")];
        assert.deepEqual(summary(steps), [`2 × delete ${types.policy}`, `1 × update ${types.tls}`]);
    });
});

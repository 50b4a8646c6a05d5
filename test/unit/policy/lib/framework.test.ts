import assert from "node:assert/strict";
import { frameworkOf } from "../../../../policy/lib/framework";

describe("the compliance framework of a rule", () => {
    it("is the one that its references name, with all that they name of it", () => {
        assert.deepEqual(frameworkOf(["CKV_K8S_16", "PSA privileged"]), {
            name: "Kubernetes Pod Security Standards",
            version: "1.34",
            reference: "PSA privileged",
            specification: "privileged",
        });
        assert.equal(frameworkOf(["CKV_AWS_53", "S3.2", "S3.8"])!.specification, "S3.2, S3.8");
    });

    it("is absent where they name none", () => {
        assert.equal(frameworkOf(["CKV_K8S_16", "C-0057"]), undefined);
    });
});

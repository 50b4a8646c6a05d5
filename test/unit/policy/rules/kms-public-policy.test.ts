import assert from "node:assert/strict";
import { kmsPublicPolicy } from "../../../../policy/rules/kms-public-policy";
import { breaks } from "../../../support/policy/breaks/kms-public-policy";
import { keyHolders, keyStatement, saidOf } from "../../../support/policy/documents";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(kmsPublicPolicy, breaks);

describe("a public key policy", () => {
    const said = saidOf(kmsPublicPolicy, keyHolders[0]!);
    const used = (keys: Record<string, string>) =>
        said(keyStatement({ Principal: { AWS: "*" }, Condition: { StringEquals: keys } }));

    it("is not one for the callers of one account, by a service", () => {
        assert.deepEqual(
            used({ "kms:CallerAccount": "123456789012", "kms:ViaService": "s3.eu-central-1.amazonaws.com" }),
            [],
        );
    });

    it("is one for the callers of a service of any account", () => {
        assert.equal(used({ "kms:ViaService": "s3.eu-central-1.amazonaws.com" }).length, 1);
    });
});

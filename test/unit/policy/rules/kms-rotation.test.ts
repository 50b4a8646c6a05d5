import assert from "node:assert/strict";
import { kmsRotation } from "../../../../policy/rules/kms-rotation";
import { breaks } from "../../../support/policy/breaks/kms-rotation";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(kmsRotation, breaks);

describe("rotation of a key", () => {
    const said = (props: Props, type = "aws:kms/key:Key") => judged(kmsRotation, { type, props }).violations;

    it("is not for keys that cannot be rotated, or are off", () => {
        const props: Props[] = [
            { customerMasterKeySpec: "RSA_4096", keyUsage: "SIGN_VERIFY" },
            { customerMasterKeySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" },
            { customKeyStoreId: "cks-1234567890abcdef0" },
            { isEnabled: false },
        ];
        for (const key of props) assert.deepEqual(said(key), []);
        assert.deepEqual(said({ keySpec: "ECC_NIST_P256" }, "aws-native:kms:Key"), []);
        assert.deepEqual(said({ origin: "EXTERNAL" }, "aws-native:kms:Key"), []);
        assert.deepEqual(said({ enabled: false }, "aws-native:kms:Key"), []);
        for (const type of ["aws:kms/externalKey:ExternalKey", "aws:kms/replicaKey:ReplicaKey"])
            assert.deepEqual(said({}, type), []);
    });

    it("is for the primary key of several regions, and for one that says what is so by default", () => {
        assert.equal(said({ multiRegion: true }).length, 1);
        const defaults = { customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT", isEnabled: true };
        assert.equal(said({ ...defaults, customKeyStoreId: "", xksKeyId: "" }).length, 1);
    });

    it("cannot be judged while the kind of key is not known", () => {
        const result = judged(kmsRotation, { type: "aws:kms/key:Key", props: { keyUsage: unknown } });
        assert.deepEqual(result, { violations: [], unjudged: ["keyUsage"] });
    });
});

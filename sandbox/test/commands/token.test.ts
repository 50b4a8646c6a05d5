import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { signToken } from "../../commands/token";

describe("signToken", () => {
    it("makes a JWT that the secret verifies and that expires", () => {
        const [header, claims, signature] = signToken("secret", "operator", 60).split(".") as [string, string, string];
        assert.deepEqual(JSON.parse(Buffer.from(header, "base64url").toString()), { alg: "HS256", typ: "JWT" });
        const { sub, iat, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<
            string,
            number | string
        >;
        assert.deepEqual([sub, Number(exp) - Number(iat)], ["operator", 60]);
        assert.equal(signature, createHmac("sha256", "secret").update(`${header}.${claims}`).digest("base64url"));
    });
});

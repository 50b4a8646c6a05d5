import assert from "node:assert/strict";
import { iamManagedAdmin } from "../../../../policy/rules/iam-managed-admin";
import { breaks } from "../../../support/policy/breaks/iam-managed-admin";
import { judged, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(iamManagedAdmin, breaks);

describe("AWS's own policies", () => {
    const said = (policyArn: string) =>
        judged(iamManagedAdmin, { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", props: { policyArn } });

    it("may be attached when they are not for administrators, as may one's own of such a name", () => {
        for (const arn of [
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::123456789012:policy/AdministratorAccess",
        ])
            assert.deepEqual(said(arn).violations, []);
    });

    it("may be a boundary", () => {
        const props = { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" };
        assert.deepEqual(judged(iamManagedAdmin, { type: "aws:iam/role:Role", props }).violations, []);
    });

    it("are found beside one that is not known", () => {
        const props = { managedPolicyArns: [unknown, "arn:aws:iam::aws:policy/AdministratorAccess"] };
        const result = judged(iamManagedAdmin, { type: "aws:iam/role:Role", props });
        assert.deepEqual(result.unjudged, ["managedPolicyArns[0]"]);
        assert.equal(result.violations.length, 1);
    });
});

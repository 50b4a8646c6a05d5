import assert from "node:assert/strict";
import { secretInAnnotation } from "../../../../policy/rules/secret-in-annotation";
import { breaks } from "../../../support/policy/breaks/secret-in-annotation";
import { judged } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretInAnnotation, breaks);

describe("the rule secret-in-annotation, in particular", () => {
    it("passes what controllers and tools write there", () => {
        const annotations = {
            "checksum/secret": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "justdb.cloud/secrets": "0df1c0eaf793092e",
            "nginx.ingress.kubernetes.io/auth-secret": "basic-auth",
            "nginx.ingress.kubernetes.io/auth-tls-secret": "team/client-ca",
            "secret.reloader.stakater.com/reload": "app-secret",
            "vault.hashicorp.com/agent-inject-token": "true",
            "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/AppRole",
            "kubectl.kubernetes.io/restartedAt": "2026-11-24T08:37:54Z",
            "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"password":"aHVudGVyMg=="}}',
        };
        const { violations } = judged(secretInAnnotation, {
            type: "kubernetes:apps/v1:Deployment",
            props: { metadata: { annotations }, spec: { template: { metadata: { annotations }, spec: {} } } },
        });
        assert.deepEqual(violations, []);
    });

    it("says a pod's annotation once", () => {
        const metadata = { annotations: { password: "hunter2" } };
        const { violations } = judged(secretInAnnotation, { type: "kubernetes:core/v1:Pod", props: { metadata } });
        assert.equal(violations.length, 1);
    });
});

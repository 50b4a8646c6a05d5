import assert from "node:assert/strict";
import { secretInOutput } from "../../../../policy/rules/secret-in-output";
import { judged, secret, unknown } from "../../../support/policy/judge";

const outputs = (props: Record<string, unknown>, config = {}) =>
    judged(secretInOutput, [{ type: "pulumi:pulumi:Stack", name: "app-prod", props }], config);

describe("the rule secret-in-output", () => {
    it("finds plain secrets, also inside objects and texts", () => {
        assert.deepEqual(outputs({ dbPassword: "hunter2" }).violations, [
            "app-prod: dbPassword: holds a literal under a key that names a password in plain; mark it as a secret",
        ]);
        assert.equal(outputs({ database: { url: "postgres://app:hunter2@db/app" } }).violations.length, 1);
        assert.equal(outputs({ kubeconfig: "users:\n- user:\n    token: hunter2hunter2\n" }).violations.length, 1);
        assert.equal(outputs({ key: "Xk39fLq0ZbT7mWv2Rn8YpC5sHd1JgA6e" }).violations.length, 1);
    });

    it("passes what is marked", () => {
        assert.deepEqual(
            outputs({ dbPassword: secret("hunter2"), all: secret({ token: "hunter2hunter2" }) }).violations,
            [],
        );
    });

    it("passes ids, names and addresses", () => {
        const props = {
            accessKeyId: "AKIAABCD2345ABCD2345",
            jwtSecretName: "justdb-secrets",
            databaseSecretName: "justdb-secrets",
            awsCredentialsSecretName: "aws-credentials",
            webhookSecret: "webhook-auth",
            url: "https://app.example.com",
            schemasBucket: "justdb-schemas-11eb892",
            replicas: 2,
        };
        assert.deepEqual(outputs(props), { violations: [], unjudged: [] });
    });

    it("says which outputs it does not know", () => {
        assert.deepEqual(outputs({ dbPassword: unknown, url: "x" }), { violations: [], unjudged: ["dbPassword"] });
    });

    it("leaves out the keys of the configuration, and other resources", () => {
        assert.deepEqual(outputs({ csrfToken: "hunter2hunter2" }, { notSecret: ["csrfToken"] }).violations, []);
        const other = { type: "pkg:index:Component", props: { password: "hunter2" } };
        assert.deepEqual(judged(secretInOutput, [other]).violations, []);
    });
});

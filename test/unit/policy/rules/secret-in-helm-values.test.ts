import assert from "node:assert/strict";
import { secretInHelmValues } from "../../../../policy/rules/secret-in-helm-values";
import { breaks } from "../../../support/policy/breaks/secret-in-helm-values";
import { judged, secret } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretInHelmValues, breaks);

const release = (values: unknown, type = "kubernetes:helm.sh/v3:Release") =>
    judged(secretInHelmValues, { type, props: { chart: "redis", values } });

describe("the rule secret-in-helm-values, in particular", () => {
    it("passes what is marked as a secret", () => {
        assert.deepEqual(release({ auth: { password: secret("hunter2") } }).violations, []);
        assert.deepEqual(release(secret({ auth: { password: "hunter2" } })).violations, []);
    });

    it("passes names of Secrets and of their keys", () => {
        const auth = {
            existingSecret: "redis",
            secretKeys: { adminPasswordKey: "password" },
            secretKey: "db-password",
        };
        assert.deepEqual(release({ auth, tls: { secret: "web-tls" }, imagePullSecrets: ["registry"] }).violations, []);
    });

    it("finds values in lists of variables and under a key of their own", () => {
        assert.equal(release({ extraEnv: [{ name: "DB_PASSWORD", value: "hunter2" }] }).violations.length, 1);
        assert.equal(release({ password: { value: "hunter2" } }).violations.length, 1);
    });

    it("reads a chart of any version whose values are to be seen", () => {
        const values = { password: "hunter2" };
        for (const type of [
            "kubernetes:helm.sh/v4:Chart",
            "kubernetes:helm.sh/v3:Chart",
            "kubernetes:helm.sh/v2:Chart",
        ])
            assert.equal(release(values, type).violations.length, 1, type);
    });

    it("finds them in Argo CD, Flux and k3s, where a mark does not help", () => {
        const values = secret({ password: "hunter2" });
        for (const [type, spec] of [
            ["kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease", { values }],
            ["kubernetes:argoproj.io/v1alpha1:Application", { source: { helm: { valuesObject: values } } }],
            [
                "kubernetes:argoproj.io/v1alpha1:Application",
                { sources: [{ helm: { values: "auth:\n  password: hunter2\n" } }] },
            ],
            ["kubernetes:helm.cattle.io/v1:HelmChart", { valuesContent: "password: hunter2\n" }],
        ] as const) {
            const { violations } = judged(secretInHelmValues, { type, props: { spec } });
            assert.equal(violations.length, 1, type);
            assert.ok(!violations[0]!.includes("hunter2"));
        }
    });
});

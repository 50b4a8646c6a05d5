import assert from "node:assert/strict";
import { secretInEnv } from "../../../../policy/rules/secret-in-env";
import { breaks } from "../../../support/policy/breaks/secret-in-env";
import { judged, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretInEnv, breaks);

const pod = (container: object) =>
    judged(secretInEnv, {
        type: "kubernetes:core/v1:Pod",
        props: { spec: { containers: [{ name: "app", ...container }] } },
    });
const env = (name: string, value: unknown) => pod({ env: [{ name, value }] });

describe("the rule secret-in-env, in particular", () => {
    it("finds a password by the variable's name", () => {
        assert.deepEqual(env("DB_PASSWORD", "hunter2").violations, [
            "spec.containers[app].env[DB_PASSWORD].value: holds a literal under a key that names a password; take it from a Secret",
        ]);
    });

    it("passes references, settings and names", () => {
        for (const [name, value] of [
            ["DB_PASSWORD", "$(SHARED_PASSWORD)"],
            ["DB_PASSWORD_FILE", "/run/secrets/db"],
            ["TOKEN_EXPIRY_SECONDS", "3600"],
            ["SECRET_NAME", "app-secret"],
            ["DATABASE_URL", "postgres://app:$(DB_PASSWORD)@db/app"],
            ["JAVA_OPTS", "-Xmx1g -Djavax.net.ssl.trustStore=/etc/trust.jks"],
            ["CONFIG_CHECKSUM", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        ])
            assert.deepEqual(env(name!, value).violations, [], name);
        assert.deepEqual(
            pod({ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "a", key: "b" } } }] }).violations,
            [],
        );
    });

    it("finds a password in a URL and in a list of options", () => {
        assert.equal(env("DATABASE_URL", "postgres://app:hunter2@db/app").violations.length, 1);
        assert.equal(env("JAVA_OPTS", "-Dspring.datasource.password=hunter2").violations.length, 1);
    });

    it("finds the argument that follows a flag", () => {
        const [violation] = pod({ args: ["--port", "80", "--api-token", "hunter2hunter2"] }).violations;
        assert.ok(violation?.startsWith("spec.containers[app].args[3]: "), violation);
        assert.deepEqual(
            pod({ args: ["--password-file", "/run/pw", "--secret", "team/app", "-token"] }).violations,
            [],
        );
    });

    it("reads probes and hooks", () => {
        const httpHeaders = [{ name: "Authorization", value: "Bearer hunter2hunter2" }];
        const exec = { command: ["sh", "-c", "redis-cli --pass=hunter2 ping"] };
        for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"])
            for (const handler of [{ exec }, { httpGet: { httpHeaders } }])
                assert.equal(pod({ [probe]: handler }).violations.length, 1, probe);
        for (const hook of ["postStart", "preStop"])
            assert.equal(pod({ lifecycle: { [hook]: { exec } } }).violations.length, 1, hook);
        assert.deepEqual(pod({ readinessProbe: { exec: { command: ["redis-cli", "-e", "ping"] } } }).violations, []);
    });

    it("judges the other variables when one is not known", () => {
        const { violations, unjudged } = pod({
            env: [
                { name: "A", value: unknown },
                { name: "DB_PASSWORD", value: "hunter2" },
            ],
        });
        assert.equal(violations.length, 1);
        assert.deepEqual(unjudged, ["spec.containers[app].env[A].value"]);
    });
});

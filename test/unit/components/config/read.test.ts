import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { argsOf } from "../../../support/mocks-stack";

describe("readConfig", () => {
    it("reads each type", () => {
        const args = argsOf({
            "justdb-cloud:environment": "dev",
            "justdb-cloud:appReplicas": 2,
            "justdb-cloud:createNamespace": false,
            "justdb-cloud:kubernetesApiCidrs": ["10.0.0.1/32"],
            "justdb-cloud:ingressNamespace": "edge",
            "justdb-cloud:ingressPodLabels": { app: "traefik" },
        });
        assert.equal(args.environment, "dev");
        assert.equal(args.appReplicas, 2);
        assert.equal(args.createNamespace, false);
        assert.deepEqual(args.kubernetesApiCidrs, ["10.0.0.1/32"]);
        assert.deepEqual(args.ingressPodLabels, { app: "traefik" });
    });

    it("takes an empty value for not set", () => {
        const args = argsOf({ "justdb-cloud:appReplicas": "" });
        assert.equal("appReplicas" in args, false);
        assert.equal("jwtSecret" in args, false);
    });

    it("leaves the configuration of providers alone", () => {
        assert.doesNotThrow(() => argsOf({ "aws:region": "eu-central-1", "kubernetes:context": "x" }));
    });

    it("refuses an unknown key and names the nearest", () => {
        assert.throws(
            () => argsOf({ "justdb-cloud:posgresInstances": 3 }),
            /posgresInstances[\s\S]*did you mean postgresInstances\?/,
        );
    });

    it("refuses wrong types, all of them in one error", () => {
        const wrong = () =>
            argsOf({
                "justdb-cloud:appReplicas": "three",
                "justdb-cloud:createNamespace": "no",
                "justdb-cloud:postgresCidrs": "10.0.0.0/8",
                "justdb-cloud:appImage": ["a", "b"],
            });
        assert.throws(wrong, ({ message }: Error) => {
            assert.match(message, /4 settings are wrong/);
            return ["appReplicas", "createNamespace", "postgresCidrs", "appImage"].every((key) =>
                message.includes(key),
            );
        });
    });

    it("refuses to decrypt what then stands in the cluster as it is, and does not show it", () => {
        const key = "justdb-cloud:appExtraEnv";
        const value = [{ name: "TOKEN", value: "hunter2-hunter2" }];
        assert.throws(
            () => argsOf({ [key]: value }, [key]),
            ({ message }: Error) => /appExtraEnv[\s\S]*secretKeyRef/.test(message) && !message.includes("hunter2"),
        );
        assert.deepEqual(argsOf({ [key]: value }).appExtraEnv, value);
    });

    it("keeps an encrypted value secret", async () => {
        const key = "justdb-cloud:jwtSecret";
        const args = argsOf({ [key]: "s".repeat(64) }, [key]);
        assert.ok(await pulumi.isSecret(args.jwtSecret as pulumi.Output<string>));
    });

    it("refuses a secret in plain text, without showing it", () => {
        const plain = () => argsOf({ "justdb-cloud:jwtSecret": "s".repeat(64) });
        assert.throws(plain, (error: Error) => {
            assert.match(
                error.message,
                /jwtSecret[\s\S]*a secret in plain text[\s\S]*pulumi config set --secret jwtSecret/,
            );
            assert.doesNotMatch(error.message, /ssss/);
            return true;
        });
    });

    it("keeps an encrypted value secret, where it need not be one", async () => {
        const key = "justdb-cloud:postgresHost";
        const mode = { "justdb-cloud:postgresMode": "external", "justdb-cloud:postgresCidrs": ["10.0.0.0/24"] };
        const args = argsOf({ ...mode, [key]: "db", "justdb-cloud:postgresExistingSecret": "db" }, [key]);
        assert.ok(await pulumi.isSecret(args.postgresHost as pulumi.Output<string>));
    });

    it("never shows what is encrypted, nor the value of an unknown key, nor the credentials of a URL", () => {
        const values = {
            "justdb-cloud:appImage": "Hunter2",
            "justdb-cloud:appCpuRequest": "987654m",
            "justdb-cloud:databaseCredentials": "Hunter2",
            "justdb-cloud:otlpEndpoint": "http://user:Hunter2@collector:4317",
        };
        const encrypted = ["justdb-cloud:appImage", "justdb-cloud:appCpuRequest"];
        assert.throws(
            () => argsOf(values, encrypted),
            ({ message }: Error) => {
                assert.match(message, /4 settings are wrong/);
                assert.match(message, /databaseCredentials\n +given: +a setting that does not exist/);
                assert.match(message, /appImage\n +given: +an encrypted value/);
                return !/Hunter2|987654/.test(message);
            },
        );
    });

    it("refuses an encrypted secret that is too short, without showing it", () => {
        const key = "justdb-cloud:postgresPassword";
        assert.throws(
            () => argsOf({ [key]: "hunter2" }, [key]),
            (error: Error) => !error.message.includes("hunter2"),
        );
    });
});

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../../../components";
import { SettingsError } from "../../../../components/config/error";
import { check, recorded, resolve } from "../../../../components/config/resolve";
import { cost } from "../../../support/cost";
import { plan } from "../../../support/mocks";

function errorOf(args: unknown, name = "justdb"): SettingsError {
    try {
        resolve(args as JustDbCloudArgs, name);
    } catch (error) {
        assert.ok(error instanceof SettingsError);
        return error;
    }
    throw new Error("nothing was thrown");
}

class ResourceOfCloud extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Resource", "test");
    }
}

describe("resolve", () => {
    it("fills in prod's defaults when nothing is given", () => {
        const settings = resolve({}, "justdb");
        assert.equal(settings.environment, "prod");
        assert.equal(settings.protect, true);
        assert.equal(settings.appReplicas, 3);
        assert.equal(settings.appMaxReplicas, 10);
        assert.equal(settings.postgresInstances, 3);
        assert.equal(settings.redisMode, "inCluster");
    });

    it("fills in dev's defaults", () => {
        const settings = resolve({ environment: "dev" }, "justdb");
        assert.equal(settings.protect, false);
        assert.equal(settings.appReplicas, 1);
        assert.equal(settings.appMaxReplicas, 2);
        assert.equal(settings.postgresInstances, 1);
    });

    it("keeps what is given, false and zero included", () => {
        const settings = resolve({ protect: false, appLivenessDelaySeconds: 0, appReplicas: 20 }, "justdb");
        assert.equal(settings.protect, false);
        assert.equal(settings.appLivenessDelaySeconds, 0);
        assert.equal(settings.appMaxReplicas, 20);
    });

    it("takes undefined and null for not given", () => {
        assert.equal(resolve({ namespace: undefined, appReplicas: null } as never, "justdb").appReplicas, 3);
    });

    it("does not look into a value that is known later", () => {
        assert.deepEqual(check({ appImage: pulumi.output("whatever it may be") }), []);
    });

    it("checks such a value as soon as it is known", async () => {
        const given = (args: JustDbCloudArgs) => {
            const [value] = Object.keys(args).map((key) => resolve(args, "justdb")[key as "appImage"]);
            return (value as unknown as { promise(): Promise<string> }).promise();
        };
        assert.equal(await given({ appImage: pulumi.output("justdb/cloud:2") }), "justdb/cloud:2");
        assert.equal(await given({ appImage: Promise.resolve("justdb/cloud:2") }), "justdb/cloud:2");
        const refused = (args: JustDbCloudArgs, message: RegExp) => assert.rejects(given(args), message);
        await refused({ appImage: pulumi.output("justdb/cloud") }, /appImage\n +given: +"justdb\/cloud"/);
        await refused({ appImage: Promise.resolve("justdb/cloud") }, /What does not depend on it may be there already/);
        await refused({ jwtExistingSecret: pulumi.output(undefined as unknown as string) }, /given: +undefined/);
        await refused({ redisPassword: pulumi.output("hunter2") }, /given: +a secret of 7 characters/);
        await refused({ appImage: pulumi.secret("justdb/hunter2") }, /given: +a secret\n/);
    });

    it("keeps what such a value is: a secret or not", async () => {
        const isSecret = (appImage: pulumi.Input<string>) =>
            pulumi.isSecret(resolve({ appImage }, "justdb").appImage as pulumi.Output<string>);
        assert.deepEqual(
            [await isSecret(pulumi.secret("a/b:1")), await isSecret(pulumi.output("a/b:1"))],
            [true, false],
        );
    });

    it("refuses a value that is known later where it decides what exists", () => {
        const { message } = errorOf({ namespace: pulumi.output("later"), appReplicas: pulumi.output(3) });
        assert.match(message, /2 settings are wrong/);
        assert.match(message, /namespace\n +given: +an Output[\s\S]*allowed: a plain value/);
    });

    it("suggests what a near miss means, and nothing where it cannot know", () => {
        assert.match(errorOf({ environment: "Production" }).message, /fix: +set it to one of these/);
        assert.match(errorOf({ environment: "production" }).message, /set it to "prod", if/);
        assert.match(errorOf({ edge: "LoadBalancer" }).message, /set it to "loadBalancer", if/);
        assert.match(errorOf({ environment: "staging" }).message, /fix: +set it to one of these/);
    });

    it("shows a value on one line", () => {
        assert.doesNotMatch(errorOf({ namespace: "two\nlines" }).message, /two\n/);
    });

    it("shows what was given, in a list or a map as well", () => {
        const given = (args: unknown) => errorOf(args).problems.map(({ got }) => got);
        assert.deepEqual(given({ appReplicas: NaN }), ["NaN"]);
        assert.deepEqual(given({ imagePullSecrets: [pulumi.output("registry")] }), ['["an Output"]']);
        const pull = new ResourceOfCloud();
        assert.deepEqual(given({ imagePullSecrets: [pull], namespace: pull }), ['["a resource"]', '"a resource"']);
    });

    it("shows of a long list or map what is wrong in it", () => {
        const many = Array.from({ length: 40 }, (_, index) => `10.0.${index}.0/24`);
        const labels = Object.fromEntries(many.map((_, index) => [`example.com/label-${index}`, "x"]));
        const { problems } = errorOf({
            edgeCidrs: [...many, "10.0.99.0"],
            podLabels: { ...labels, team: "Data & Co" },
            kubernetesApiPorts: [443, 0],
            tolerations: [{ operator: "Exists" }, { key: "dedicated", operator: "exists" }],
        });
        assert.deepEqual(Object.fromEntries(problems.map(({ key, got }) => [key, got])), {
            edgeCidrs: '["10.0.99.0"]',
            podLabels: '{"team":"Data & Co"}',
            kubernetesApiPorts: "[0]",
            tolerations: '[{"key":"dedicated","operator":"exists"}]',
        });
    });

    it("says how to write what was meant, and never that a flag should be the other way", () => {
        const fix = (args: unknown) => errorOf(args).problems[0]!.fix;
        assert.equal(fix({ createNamespace: "true" }), "write it without quotes");
        assert.equal(fix({ createNamespace: "yes" }), "set it to true or false");
        assert.equal(fix({ createNamespace: 1 }), "set it to true or false");
        assert.equal(fix({ appReplicas: "5" }), "write it without quotes");
        assert.equal(fix({ appReplicas: "500" }), "set it to 3, for example");
        assert.equal(fix({ imagePullSecrets: '["a"]' }), "write it without quotes");
    });

    it("names all of ten mistakes in one error", () => {
        const error = errorOf({
            environment: "production",
            appReplicas: "three",
            appMaxReplicas: 1000,
            appMemoryLimit: "2 Gigs",
            appCpuRequest: "4",
            posgresInstances: 3,
            appImage: "justdb/cloud:latest",
            kubernetesApiCidrs: ["10.0.0.0"],
            storageEndpoint: "s3.example.com",
            edge: "loadBalancer",
        });
        const keys = error.problems.map((problem) => problem.key).sort();
        assert.deepEqual(keys, [
            "appCpuRequest",
            "appImage",
            "appMaxReplicas",
            "appMemoryLimit",
            "appReplicas",
            "environment",
            "kubernetesApiCidrs",
            "loadBalancerSourceRanges",
            "posgresInstances",
            "storageEndpoint",
        ]);
        for (const key of keys) {
            assert.ok(error.message.includes(key), key);
        }
        assert.match(error.message, /10 settings are wrong/);
    });

    it("says of each what was given, what is allowed, and how to put it right", () => {
        const { message } = errorOf({ appReplicas: 0 });
        assert.match(message, /appReplicas/);
        assert.match(message, /given: +0/);
        assert.match(message, /allowed: a whole number from 1 to 100/);
        assert.match(message, /fix: +set it to 3/);
    });

    it("is an error that Pulumi prints without a stack trace", () => {
        const error = errorOf({ appReplicas: 0 });
        assert.ok(pulumi.RunError.isInstance(error));
        // The host of a plugin prints the trace of any error, if it has one.
        assert.equal(error.stack, undefined);
    });

    it("suggests the nearest name for an unknown one", () => {
        assert.match(errorOf({ appReplica: 3 }).message, /did you mean appReplicas\?/);
        assert.doesNotMatch(errorOf({ colour: "green" }).message, /did you mean/);
    });

    it("never shows a secret", () => {
        const { message } = errorOf({ jwtSecret: "hunter2", postgresPassword: "hunter2", redisPassword: "hunter2" });
        assert.doesNotMatch(message, /hunter2/);
        assert.match(message, /a secret of 7 characters/);
    });

    it("never shows a password that stands where it does not belong", () => {
        const { message, problems } = errorOf({
            postgresHost: "postgres://justdb:hun/ter2@db.example.com:5432/justdb",
            redisHost: "default:hun ter2@cache.example.com",
            appImage: `justdb:hunter2"@registry.example.com/cloud:1.0@sha256:0`,
            storageEndpoint: "https://hunter2@s3.example.com",
            otlpEndpoint: "https://collector.example.com?token=hunter2",
            storageCaCertificates: "-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----\n",
            imageMirror: { "docker.io": "justdb:hunter2@harbor.example.com" },
        });
        assert.equal(problems.length, 7);
        assert.doesNotMatch(message, /hun|ter2/);
        for (const rest of ["@db.example.com:5432", "@cache.example.com", "@registry.example.com/cloud:1.0@sha256:0"]) {
            assert.ok(message.includes(rest), rest);
        }
    });

    it("takes no time over a file that was given by mistake", () => {
        const given = { namespace: "//".repeat(100_000), host: '":'.repeat(100_000) };
        assert.ok(cost(() => errorOf(given)) < 1000);
    });

    it("refuses a name of the component that no bucket or user could have", async () => {
        assert.match(errorOf({}, "JustDB").message, /name of the component/);
        assert.match(errorOf({}, "j".repeat(37)).message, /name of the component/);
        const longest = "j".repeat(36);
        const { resources } = await plan({ restoreFrom: "s3://acme-backups/justdb-db-1/latest" }, longest);
        const users = resources.filter(({ type }) => type === "aws:iam/user:User");
        assert.ok(users.length > 4);
        // The provider puts a hyphen and seven digits after it.
        for (const { name } of users) assert.ok(name.length + 8 <= 64, name);
    });

    it("records no password in plain", async () => {
        const inputs = recorded({ jwtSecret: "x".repeat(64), appReplicas: 2 });
        assert.ok(await pulumi.isSecret(inputs.jwtSecret as pulumi.Output<string>));
        assert.equal(inputs.appReplicas, 2);
    });
});

import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { kubectl, secretValue } from "../../sandbox";
import type { KubeObject } from "../support/cluster";
import { type Config, forget, TestStack } from "../support/test-stack";

const stack = new TestStack("taken-over", "justdb-taken-over", {
    environment: "dev",
    // What it names in the end is not there.
    secretsPreflight: "false",
});
const { namespace } = stack;
const within = "justdb-cloud:index:JustDbCloud";
/** The Secrets and what comes before them: no pod, no bucket. */
const target = [
    `${within}::justdb`,
    `${within}$kubernetes:helm.sh/v4:Chart::justdb-requirements`,
    ...["Namespace::justdb-namespace", "LimitRange::justdb-limits", "ResourceQuota::justdb-quota"].map(
        (end) => `${within}$kubernetes:core/v1:${end}`,
    ),
    `${within}$kubernetes:core/v1:ConfigMap::justdb-generations-begun`,
    `${within}$kubernetes:networking.k8s.io/v1:NetworkPolicy::*`,
    ...["postgres", "redis"].map(
        (part) => `${within}$random:index/randomPassword:RandomPassword::justdb-${part}-password`,
    ),
    // A pattern may find nothing: there is none with a Secret that was there before.
    `${within}$random:index/randomPassword:RandomPassword::justdb-jwt-*`,
    ...["secrets", "redis-config"].map((part) => `${within}$kubernetes:core/v1:Secret::justdb-${part}`),
].map((end) => `urn:pulumi:${stack.name}::justdb-cloud::${end}`);

async function up(more: Config = {}): Promise<void> {
    let output = "";
    const onOutput = (text: string) => (output += text);
    await stack
        .open((opened) => opened.up({ target, onOutput }), more)
        .catch((error: Error) => assert.fail(`${output}\n${error.message}`));
}

interface State {
    urn: string;
    type: string;
    dependencies?: string[];
}

/** As after an update that was killed before the state heard of it: the objects are there, and the state knows none. */
async function forgetObjects(opened: Stack): Promise<void> {
    const exported = await opened.exportStack();
    const deployment = exported.deployment as { resources: State[] };
    const isObject = ({ type }: State) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");
    const gone = new Set(deployment.resources.filter(isObject).map(({ urn }) => urn));
    assert.ok(gone.size > 5, "the state holds hardly an object");
    deployment.resources = deployment.resources
        .filter(({ urn }) => !gone.has(urn))
        .map(({ dependencies = [], ...rest }) => ({
            ...rest,
            dependencies: dependencies.filter((urn) => !gone.has(urn)),
            propertyDependencies: {},
        }));
    await opened.importStack(exported);
}

const secret = async (name: string): Promise<KubeObject> => {
    const args = ["-n", namespace, "get", "secret", name, "-o", "json", "--show-managed-fields"];
    return JSON.parse(await kubectl(args)) as KubeObject;
};
const keys = async () => Object.keys(((await secret("justdb-secrets")) as unknown as { data: object }).data).sort();
const redisConf = () => secretValue(namespace, "justdb-redis", "redis.conf");

/** In this order: what is taken over in the first is changed in the next. */
describe("objects that are there already, and that the state does not know", () => {
    before(() => up());
    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    it("are taken over, with the passwords that they had", async () => {
        const password = await secretValue(namespace, "justdb-secrets", "db-password");
        await stack.open(forgetObjects);
        await up();
        assert.equal(await secretValue(namespace, "justdb-secrets", "db-password"), password);
    });

    it("can be changed afterwards", async () => {
        await up({ redisMemory: "512Mi" });
        assert.match(await redisConf(), /^maxmemory 268435456$/m);
    });

    it("can lose a key afterwards", async () => {
        assert.ok((await keys()).includes("jwt-secret"));
        await up({ redisMemory: "512Mi", jwtExistingSecret: "my-jwt" });
        assert.deepEqual(await keys(), ["db-password", "redis-password"]);
    });

    it("are overwritten where somebody has edited them", async () => {
        const edited = { data: { "redis.conf": Buffer.from("# edited").toString("base64") } };
        const args = [
            "-n",
            namespace,
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=somebody",
            "-f-",
        ];
        const metadata = { name: "justdb-redis", namespace };
        await kubectl(args, JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata, ...edited }));
        assert.equal(await redisConf(), "# edited");
        await up({ redisMemory: "256Mi", jwtExistingSecret: "my-jwt" });
        assert.match(await redisConf(), /^maxmemory 134217728$/m);
    });
});

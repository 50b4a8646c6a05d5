import assert from "node:assert/strict";
import { DeleteUserPolicyCommand, GetAccessKeyLastUsedCommand, IAMClient, ListUserPoliciesCommand } from "@aws-sdk/client-iam"; // prettier-ignore
import {
    apply as applyObjects,
    awsEndpoint,
    installDefinitions,
    kubectl,
    removeDefinitions,
    secretValue,
    signToken,
    startMetricsServer,
    stopMetricsServer,
    traefikDefinitions,
    waitFor,
} from "../../sandbox";
import { apply, serves } from "../support/app";
import { clientSettings } from "../support/aws";
import { exec, get, primary, removeNamespaces, sql } from "../support/cluster";
import { killedAfter } from "../support/rotation";
import { Runbook } from "../support/runbook";
import { forget, smallest, TestStack, unarchived } from "../support/test-stack";
import { Traffic } from "../support/traffic";

const stack = new TestStack("troubled", "justdb-troubled", { ...smallest, ...unarchived, appMaxReplicas: "2" });
const { namespace } = stack;
const runbook = new Runbook("troubleshooting.md", stack);
const iam = new IAMClient(clientSettings());

const here = (...args: string[]) => kubectl(["-n", namespace, ...args]);
const patch = (what: string, change: object, type = "strategic") =>
    here("patch", what, `--type=${type}`, "-p", JSON.stringify(change));

/** As the page says for what was changed outside of Pulumi, or by an update that was killed. */
const refreshed = () => stack.open((opened) => opened.up({ refresh: true }));

/** Makes a new pod of the app, with a container that differs. The one of before stays until it is ready, which it never is. */
const differ = (container: object) =>
    patch("deployment/justdb-cloud", {
        spec: { template: { spec: { containers: [{ name: "justdb-cloud", ...container }] } } },
    });
const undo = () => here("rollout", "undo", "deployment/justdb-cloud");
const restart = () => here("rollout", "restart", "deployment/justdb-cloud");
const instead = (name: string, value: string) => ({ env: [{ name, value, valueFrom: null }] });
const resources = (of: Record<string, string>) => ({ resources: { requests: of, limits: of } });

interface EgressRule {
    ports: { port: number }[];
}
const policy = "networkpolicy/justdb-cloud-app";

const allowed = async () => (await get("networkpolicy", "justdb-cloud-app", namespace)).spec.egress as EgressRule[];

/** Takes away what lets the app's pods out to a port. */
async function close(port: number): Promise<void> {
    const egress = (await allowed()).filter(({ ports }) => ports.every((one) => one.port !== port));
    await patch(policy, { spec: { egress } }, "merge");
}

let everyWay: object;
const s3 = new URL(awsEndpoint);
const end = (application: string) =>
    sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${application}'`, namespace);
/** Sessions of PostgreSQL that stay. */
const session = async (application: string, statement: string, count = 1) =>
    exec(
        await primary(namespace),
        `for i in $(seq ${count}); do PGAPPNAME=${application} nohup psql -d justdb -c "BEGIN; ${statement}; SELECT pg_sleep(600)" >/dev/null 2>&1 & done`,
        namespace,
        "postgres",
    );

let writers: Traffic;
let maxMemory: string;
const redis = (command: string) => exec("justdb-redis-0", `redis-cli ${command}`, namespace);

interface Entry {
    cause: () => Promise<unknown>;
    undo: () => Promise<unknown>;
    /** What the commands print. */
    shows: RegExp[];
    /** The reader's own, filled in by the cause. */
    values?: Record<string, string>;
    forwarded?: boolean;
}

const s3Values: Record<string, string> = {};
const tokenValues: Record<string, string> = {};

/** By the titles of the page. Two causes of one title are two entries. */
const entries: [title: string, entry: Entry][] = [
    [
        "HPA shows unknown",
        {
            cause: () => Promise.resolve(),
            undo: startMetricsServer,
            shows: [/ScalingActive +False +FailedGetResourceMetric/, /\(NotFound\)/],
        },
    ],
    [
        "Pending",
        {
            cause: async () => {
                await differ(resources({ cpu: "900" }));
                const claim = { accessModes: ["ReadWriteOnce"], storageClassName: "nobody" };
                const metadata = { name: "of-nobody", namespace };
                const spec = { ...claim, resources: { requests: { storage: "1Mi" } } };
                await applyObjects([{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec }]);
            },
            undo: async () => {
                await here("delete", "pvc", "of-nobody");
                await undo();
            },
            shows: [/Insufficient cpu/, /storageclass.storage.k8s.io "nobody" not found/, /Allocated resources/],
        },
    ],
    ["ImagePullBackOff", { cause: () => differ({ image: "localhost:1/absent:1" }), undo, shows: [/absent:1/] }],
    [
        "CreateContainerConfigError",
        {
            cause: () =>
                differ({ env: [{ name: "NOBODY", valueFrom: { secretKeyRef: { name: "nobody", key: "key" } } }] }),
            undo,
            shows: [/secret "nobody" not found/, /justdb-secrets/],
        },
    ],
    [
        "CrashLoopBackOff",
        {
            cause: () => differ(instead("JWT_SECRET", "short")),
            undo,
            shows: [/APPLICATION FAILED TO START/, /justdb.api.jwt.secret needs 32 characters/, /"reason":"Error"/],
        },
    ],
    [
        "OOMKilled",
        { cause: () => differ(resources({ memory: "64Mi" })), undo, shows: [/OOMKilled/, /MEMORY\(bytes\)/] },
    ],
    [
        "No pod is created",
        {
            cause: async () => {
                await patch("resourcequota/justdb-quota", { spec: { hard: { pods: "1" } } });
                await restart();
            },
            undo: async () => {
                await patch("resourcequota/justdb-quota", { spec: { hard: { pods: "100" } } });
                await restart();
            },
            shows: [/exceeded quota: justdb-quota/, /pods +\d+ +1$/m],
        },
    ],
    [
        "No pod is created",
        {
            cause: () => differ({ securityContext: { privileged: true, allowPrivilegeEscalation: true } }),
            undo,
            shows: [/violates PodSecurity "restricted:/],
        },
    ],
    [
        "Not ready",
        {
            cause: () => here("scale", "statefulset/justdb-redis", "--replicas=0"),
            undo: () => here("scale", "statefulset/justdb-redis", "--replicas=1"),
            shows: [/"postgresql":"UP","redis":"DOWN"/],
        },
    ],
    [
        "A password that is refused",
        {
            cause: () => differ(instead("DB_PASSWORD", "wrong")),
            undo,
            shows: [/password authentication failed for user/, /justdb-cloud-\S+ +20\d\d-/],
        },
    ],
    [
        "Too many connections",
        {
            cause: () => session("greedy", "SELECT 1", 20),
            undo: () => end("greedy"),
            shows: [/greedy *\|[^|]*\| *20$/m],
        },
    ],
    [
        "S3 refuses",
        {
            cause: async () => {
                const AccessKeyId = await secretValue(namespace, "aws-credentials", "aws-access-key-id");
                const { UserName } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
                const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName }));
                for (const PolicyName of PolicyNames!)
                    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
                Object.assign(s3Values, { ID: AccessKeyId, USER: UserName });
                assert.equal((await apply("refused", "1", namespace)).status, 502);
            },
            undo: async () => {
                await refreshed();
                assert.equal((await apply("refused", "1", namespace)).status, 200);
            },
            values: s3Values,
            shows: [/storage:.*403/, /"UserName": "justdb/, /"PolicyNames": \[\]/],
        },
    ],
    [
        "401",
        {
            cause: () => Promise.resolve((tokenValues.TOKEN = signToken("another".repeat(8), "somebody"))),
            undo: () => Promise.resolve(),
            values: tokenValues,
            forwarded: true,
            shows: [/HTTP\/1.1 401/, /Invalid signature/, /SECRETS\njustdb-cloud-\S+ +\w+/],
        },
    ],
    [
        "Slow",
        {
            cause: async () => {
                await session("lock", "LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE");
                writers = Traffic.ofWrites(namespace, 20);
            },
            undo: async () => {
                await end("lock");
                await writers.stop();
            },
            forwarded: true,
            shows: [/hikaricp_connections_pending\S* [1-9]/, /jvm_gc_pause_seconds_count/, /\| Lock .*\{\d+\}/],
        },
    ],
    [
        "Redis memory",
        {
            cause: async () => {
                [, maxMemory] = (await redis("config get maxmemory")).split("\n") as [string, string];
                await redis("config set maxmemory 1");
                await redis("set of-nobody 1");
            },
            undo: () => redis(`config set maxmemory ${maxMemory}`),
            shows: [/maxmemory_human:1B/, /errorstat_OOM:count=[1-9]/],
        },
    ],
    [
        "No name is found",
        {
            cause: () => close(53),
            undo: () => patch(policy, everyWay, "merge"),
            shows: [/^2$/m, /^nameserver/m, /k8s-app|coredns/],
        },
    ],
    [
        "A way that is closed",
        {
            cause: async () => {
                await close(Number(s3.port));
                assert.equal((await apply("closed", String(Date.now()), namespace)).status, 502);
            },
            undo: () => patch(policy, everyWay, "merge"),
            values: { HOST: s3.hostname, PORT: s3.port },
            shows: [/^(?:1|124)$/m, /refused|timed out/i, /justdb-cloud-app/],
        },
    ],
    [
        "The Service has no address",
        {
            cause: () => patch("service/justdb-cloud", { spec: { type: "LoadBalancer" } }),
            undo: () => patch("service/justdb-cloud", { spec: { type: "ClusterIP" } }),
            shows: [/Type: +LoadBalancer/, /Events: +<none>/],
        },
    ],
    [
        "pulumi up waits for the edge",
        {
            cause: async () => {
                await installDefinitions(await traefikDefinitions());
                const listeners = [{ name: "http", port: 80, protocol: "HTTP" }];
                await applyObjects([
                    {
                        apiVersion: "gateway.networking.k8s.io/v1",
                        kind: "Gateway",
                        metadata: { name: "of-nobody", namespace },
                        spec: { gatewayClassName: "nobody", listeners },
                    },
                ]);
            },
            undo: async () => removeDefinitions(await traefikDefinitions()),
            shows: [/Waiting for controller/],
        },
    ],
    [
        "The stack is locked",
        {
            cause: async () => {
                const { output, ended } = await killedAfter(stack, 25_000, { appImage: "localhost:1/absent:1" });
                assert.ok(!ended, output);
            },
            undo: refreshed,
            values: { "pulumi cancel": "pulumi refresh --yes; pulumi cancel --yes", "pulumi up": "true" },
            shows: [/urn:pulumi:troubled::/, /currently locked by 1 lock/, /has been cancell?ed/],
        },
    ],
];

/** Each entry of the page, by its own commands, on what it is about. */
describe("troubleshooting: the commands of the runbook show what is wrong", function () {
    this.timeout(600_000);

    before(async () => {
        await stack.up();
        everyWay = { spec: { egress: await allowed() } };
    });

    after(async () => {
        await stack.open((opened) => opened.destroy());
        await forget(stack.name);
        await stopMetricsServer();
    });

    it("has an entry here for each that it has", () => {
        const titles = new Set([...entries.map(([title]) => title), "Terminating"]);
        assert.deepEqual([...titles].sort(), runbook.titles.sort());
    });

    it("first of all", async () => {
        assert.match(await runbook.run(""), /justdb-cloud-\S+ +1\/1 +Running[^]*"status":"UP"/);
    });

    entries.forEach(([title, entry], index) => {
        it(`${title}${entries.findIndex(([of]) => of === title) < index ? ", another cause" : ""}`, async () => {
            try {
                await entry.cause();
                await waitFor(`what "${title}" shows`, 180_000, async () => {
                    const { values, forwarded } = entry;
                    const output = await runbook.run(title, { values, forwarded });
                    const missing = entry.shows.filter((pattern) => !pattern.test(output));
                    return missing.length === 0 || `${missing.join(", ")} not in:\n${output}`;
                });
            } finally {
                await entry.undo();
            }
            await here("rollout", "status", "deployment/justdb-cloud", "--timeout=180s");
            await serves(namespace);
        });
    });

    it("Terminating", async () => {
        const held = "justdb-troubled-ending";
        const metadata = { name: "held", namespace: held, finalizers: ["example.com/nobody"] };
        await applyObjects([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: held } },
            { apiVersion: "v1", kind: "ConfigMap", metadata },
        ]);
        await kubectl(["delete", "namespace", held, "--wait=false"]);
        const of = new Runbook("troubleshooting.md", { name: stack.name, namespace: held });
        await waitFor("what holds it", 60_000, async () => {
            const output = await of.run("Terminating");
            return (/NamespaceFinalizersRemaining/.test(output) && /configmap\/held/.test(output)) || output;
        });
        const none = JSON.stringify({ metadata: { finalizers: null } });
        await kubectl(["-n", held, "patch", "configmap", "held", "--type=merge", "-p", none]);
        await removeNamespaces(held);
    });
});

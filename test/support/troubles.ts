// What docs/runbooks/troubleshooting.md is about, each caused and undone.
import assert from "node:assert/strict";
import {
    apply as applyObjects,
    awsEndpoint,
    installDefinitions,
    kubectl,
    removeDefinitions,
    signToken,
    startMetricsServer,
    traefikDefinitions,
    waitFor,
} from "../../sandbox";
import { apply, serves } from "./app";
import { exec, get } from "./cluster";
import { lockSchemas, takeRedisMemory, type Undo } from "./dependency-faults";
import { keyIdIn, userOf, withdraw } from "./iam";
import { killedAfter } from "./rotation";
import { endSessions, startSessions } from "./sessions";
import { smallest, TestStack, unarchived } from "./test-stack";

/** The stack whose troubles these are. */
export const stack = new TestStack("troubled", "justdb-troubled", { ...smallest, ...unarchived, appMaxReplicas: "2" });
const { namespace } = stack;

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
/** kubectl's own restart can be asked for once a second. */
const restart = () =>
    patch("deployment/justdb-cloud", {
        spec: { template: { metadata: { annotations: { restarted: String(Date.now()) } } } },
    });
const instead = (name: string, value: string) => ({ env: [{ name, value, valueFrom: null }] });
const resources = (of: Record<string, string>) => ({ resources: { requests: of, limits: of } });

interface EgressRule {
    ports: { port: number }[];
}
let everyWay: EgressRule[];
const policy = "networkpolicy/justdb-cloud-app";

const allowed = async () => (await get("networkpolicy", "justdb-cloud-app", namespace)).spec.egress as EgressRule[];

const allow = (egress: EgressRule[]) => patch(policy, { spec: { egress } }, "merge");

/** Takes away what lets the app's pods out to a port. */
async function close(port: number): Promise<void> {
    everyWay = await allowed();
    await allow(everyWay.filter(({ ports }) => ports.every((one) => one.port !== port)));
}

const s3 = new URL(awsEndpoint);

let mostPods: string;
const allowPods = (pods: string) => patch("resourcequota/justdb-quota", { spec: { hard: { pods } } });

let giveMemory: Undo;
let unlock: Undo;

interface Trouble {
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
export const troubles: [title: string, trouble: Trouble][] = [
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
                mostPods = (await get("resourcequota", "justdb-quota", namespace)).spec.hard.pods as string;
                await allowPods("1");
                await restart();
            },
            undo: async () => {
                await allowPods(mostPods);
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
            cause: () => startSessions("greedy", "SELECT 1", namespace, 20),
            undo: () => endSessions("greedy", namespace),
            shows: [/greedy *\|[^|]*\| *20$/m],
        },
    ],
    [
        "S3 refuses",
        {
            cause: async () => {
                const ID = await keyIdIn(namespace, "aws-credentials");
                const USER = await userOf(ID);
                await withdraw(USER);
                Object.assign(s3Values, { ID, USER });
                assert.equal((await apply("refused", "1", namespace)).status, 502);
            },
            undo: async () => {
                await refreshed();
                await serves(namespace);
                const { status, error, body } = await apply("refused", "1", namespace);
                assert.equal(status, 200, error ?? body);
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
            cause: async () => (unlock = await lockSchemas(namespace, 20)),
            undo: () => unlock(),
            forwarded: true,
            shows: [/hikaricp_connections_pending\S* [1-9]/, /jvm_gc_pause_seconds_count/, /\| Lock .*\{\d+\}/],
        },
    ],
    [
        "Redis memory",
        {
            cause: async () => {
                giveMemory = await takeRedisMemory(namespace);
                await exec("justdb-redis-0", "redis-cli set of-nobody 1", namespace);
            },
            undo: () => giveMemory(),
            shows: [/maxmemory_human:1B/, /errorstat_OOM:count=[1-9]/],
        },
    ],
    [
        "No name is found",
        {
            cause: () => close(53),
            undo: () => allow(everyWay),
            shows: [/^2$/m, /^nameserver/m, /k8s-app|coredns/],
        },
    ],
    [
        "A way that is closed",
        {
            cause: async () => {
                await close(Number(s3.port));
                // A policy is enforced a moment after it is there.
                await waitFor("the way to be closed", 60_000, async () => {
                    const { status, error } = await apply("closed", String(Date.now()), namespace);
                    return status === 502 || (error ?? `status ${status}`);
                });
            },
            undo: () => allow(everyWay),
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

// What the alerts of a stack fire for, each caused and undone; and what their runbooks' commands show meanwhile.
import assert from "node:assert/strict";
import { apply, badApps, kubectl, versions } from "../../sandbox";
import * as b from "./backups";
import { certificateOfAge, tlsSecretOf } from "./certificate";
import { fence, sql } from "./cluster";
import { lockSchemas, takeRedisMemory, type Undo } from "./dependency-faults";
import { host, tlsSecret } from "./edge-lab";
import { keyIdIn } from "./iam";
import { SmallVolume } from "./small-volume";
import { TestStack } from "./test-stack";

const namespace = "justdb-sight";

/** The stack with these faults. */
export const stack = new TestStack("sight", namespace, {
    appReplicas: "2",
    postgresInstances: "2",
    archiveTimeoutSeconds: "30",
    credentialMaxAgeDays: "90",
    // The version that is late is so by more than a second. On a busy machine a good one is late by less.
    latencyObjectiveMilliseconds: "900",
    edge: "ingress",
    edgePreflight: "false",
    ingressClass: "nobody",
    host,
    tlsSecret,
});

const volumeOf = (instance: number) =>
    new SmallVolume(`small-volume-${instance}`, { namespace, name: `justdb-db-${instance}` });

/** One for each instance: the machine's own disk may be so full that an alert says so. */
export const volumes = [volumeOf(1), volumeOf(2)] as const;

const here = (...args: string[]) => kubectl(["-n", namespace, ...args]);
const scale = (what: string, replicas: number) => here("scale", what, `--replicas=${replicas}`);
const setImage = (image: string) => here("set", "image", "deployment/justdb-cloud", `justdb-cloud=${image}`);

interface Fault {
    /** With what the commands print that their runbooks have for them. */
    alerts: Record<string, RegExp>;
    /** What the reader of these puts in. */
    values?: Record<string, string>;
    cause: () => Promise<unknown>;
    undo: () => Promise<unknown>;
}

/** While the exporter starts anew, and so reads its files at once, nobody tells of backups, which would fire as well. */
async function allowAge(seconds: string): Promise<void> {
    const exporter = "deployment/justdb-backup-metrics";
    await here("set", "env", exporter, `BACKUP_MAX_AGE_SECONDS=${seconds}`);
    await here("rollout", "status", exporter, "--timeout=120s");
}

/** What the edge shows to clients. Nobody reads it here but the exporter. */
export const showCertificate = async (days: { passed: number; left: number }) =>
    apply([tlsSecretOf(await certificateOfAge(host, days), tlsSecret, namespace)]);

const archiveKey = (id: string) =>
    here("patch", "secret", "justdb-archive", "-p", JSON.stringify({ stringData: { "aws-access-key-id": id } }));

let keyOfArchive: string;
let giveMemory: Undo;
let unlock: Undo;

const nearlyFull = / 9\d% +\/var\/lib\/postgresql\/data/;
const behindOne = /\| Lock .*\{\d+\}/;

/** Those of one round are caused at once. */
export const rounds: Record<string, Fault>[] = [
    {
        "a backup is too old, a drill has failed, and the certificate is near its end": {
            alerts: {
                JustDbBackupTooOld: /^justdb_backup_max_age_seconds 1$/m,
                JustDbCertificateExpiresSoon: /^notAfter=/m,
                JustDbDrillFailed: /no finished backup 20010101T000000Z-abcdef/,
            },
            values: { "justdb-tls": tlsSecret },
            cause: async () => {
                await showCertificate({ passed: 60, left: 2 });
                await allowAge("1");
                assert.ok(!(await b.ended("justdb-drill", { FROM: "20010101T000000Z-abcdef" }, namespace)).complete);
            },
            undo: async () => {
                await showCertificate({ passed: 1, left: 89 });
                await allowAge("93600");
                assert.ok((await b.ended("justdb-drill", {}, namespace)).complete);
            },
        },
        "the archive refuses the key": {
            alerts: { JustDbArchiveFailing: /ContinuousArchiving=False|InvalidAccessKeyId|Forbidden/ },
            cause: async () => {
                keyOfArchive = await keyIdIn(namespace, "justdb-archive");
                await archiveKey("AKIAUNKNOWN");
                await sql("SELECT pg_switch_wal()", namespace);
            },
            undo: () => archiveKey(keyOfArchive),
        },
        "the volume of PostgreSQL fills up": {
            alerts: { JustDbPostgresVolumeFilling: nearlyFull, JustDbPostgresVolumeFull: nearlyFull },
            cause: () => volumes[0].fill(0.07),
            undo: () => Promise.resolve(volumes[0].empty()),
        },
        "Redis has no memory": {
            alerts: { JustDbRedisMemory: /maxmemory_human:1B/, JustDbRedisWritesRefused: /errorstat_OOM:count=[1-9]/ },
            cause: async () => (giveMemory = await takeRedisMemory(namespace)),
            undo: () => giveMemory(),
        },
    },
    {
        "a lock holds every connection to the database": {
            alerts: { JustDbAppPoolExhausted: behindOne, JustDbAppPoolPending: behindOne },
            cause: async () => (unlock = await lockSchemas(namespace, 150)),
            undo: () => unlock(),
        },
    },
    {
        "the app answers with errors": {
            alerts: { JustDbAvailabilityBurnsFast: /WARN.*storage: / },
            cause: () => setImage(badApps.failing),
            undo: () => setImage(versions.images.app[0]!),
        },
    },
    {
        "the app answers late": {
            alerts: { JustDbLatencyBurnsFast: /^justdb-cloud-hpa +Deployment\/justdb-cloud /m },
            cause: () => setImage(badApps.slow),
            undo: () => setImage(versions.images.app[0]!),
        },
    },
    {
        "PostgreSQL is stopped": {
            alerts: { JustDbAppNotReady: /"postgresql":"DOWN"/, JustDbPostgresDown: /\["\*"\]/ },
            cause: () => fence(["*"], namespace),
            undo: () => fence([], namespace),
        },
        "Redis is stopped": {
            alerts: { JustDbAppNotReady: /"redis":"DOWN"/, JustDbRedisDown: /pods "justdb-redis-0" not found/ },
            cause: () => scale("statefulset/justdb-redis", 0),
            undo: () => scale("statefulset/justdb-redis", 1),
        },
    },
    {
        "no pod of the app runs": {
            alerts: { JustDbAppDown: /No resources found in justdb-sight namespace/ },
            cause: () => scale("deployment/justdb-cloud", 0),
            undo: () => scale("deployment/justdb-cloud", 2),
        },
    },
];

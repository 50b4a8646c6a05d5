// What a backup and a restore cost over plain pg_dump and pg_restore: the same database, image and limits, each timed in its own pod.
import { DeleteObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { kubectl } from "../sandbox";
import * as b from "../test/support/backups";
import { exec, get, namespace, podsReady, primary } from "../test/support/cluster";
import type { Measured } from "./measure";

const rows = 1_000_000;
const database = "justdb_bench";
const plain = "justdb_bench_plain";
const pod = "justdb-bench";
const rounds = 3;

interface PodTemplate {
    metadata: { labels: Record<string, string> };
    spec: {
        containers: [{ command: string[] }];
        volumes: { name: string; emptyDir?: { sizeLimit: string } }[];
    };
}

async function admin(statement: string, on: string): Promise<void> {
    await exec(await primary(), `psql -qX -v ON_ERROR_STOP=1 -d ${on} -c "${statement}"`, namespace, "postgres");
}

async function fill(): Promise<void> {
    await b.administer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await b.administer(`CREATE DATABASE ${database} OWNER justdb`);
    const columns = "id bigint PRIMARY KEY, at timestamptz, who text, what text";
    const values = "SELECT i, now(), md5(i::text), repeat(md5((i * 7)::text), 3)";
    await admin(
        `SET ROLE justdb; CREATE TABLE facts (${columns}); INSERT INTO facts ${values} FROM generate_series(1, ${rows}) i`,
        database,
    );
    await admin("VACUUM ANALYZE facts", database);
    await admin("CHECKPOINT", database);
}

/** A pod like that of a restore, which does nothing by itself. */
async function startPod(): Promise<void> {
    await kubectl(["-n", namespace, "delete", "pod", pod, "--ignore-not-found", "--wait"]);
    const { jobTemplate } = (await get("cronjob", "justdb-restore")).spec as {
        jobTemplate: { spec: { template: PodTemplate } };
    };
    const { metadata, spec } = jobTemplate.spec.template;
    spec.containers[0].command = ["sleep", "3600"];
    for (const volume of spec.volumes) if (volume.emptyDir) volume.emptyDir.sizeLimit = "512Mi";
    const object = { apiVersion: "v1", kind: "Pod", metadata: { name: pod, namespace, labels: { ...metadata.labels, bench: pod } }, spec }; // prettier-ignore
    await kubectl(["create", "-f", "-"], JSON.stringify(object));
    await podsReady(`bench=${pod}`, 1);
    // A new pod is let through to the database a moment after its start.
    await exec(pod, "for i in $(seq 60); do pg_isready -q && exit; sleep 1; done; exit 1");
}

/** The time of a shell line in the pod, in ms. */
async function timedInPod(line: string): Promise<number> {
    const clock = "date +%s%3N";
    const [from, to] = (await exec(pod, `${clock}; ${line} >/dev/null && ${clock}`)).trim().split("\n").map(Number);
    return to! - from!;
}

/** The time that a Job says it took, in ms, without the start of its pod. */
async function timedJob(cronJob: string, variables: Record<string, string>): Promise<[number, b.Ended["result"]]> {
    const { complete, log, result } = await b.ended(cronJob, { DATABASE: database, ...variables });
    if (!complete) throw new Error(`${cronJob} failed:\n${log}`);
    return [Number(result.seconds) * 1000, result];
}

const made: string[] = [];

async function backUp(): Promise<number> {
    const [ms, result] = await timedJob("justdb-backup", {});
    made.push(String(result.backup));
    return ms;
}

async function restore(): Promise<number> {
    const [ms, result] = await timedJob("justdb-restore", { FROM: made.at(-1)! });
    await b.administer(`DROP DATABASE ${String(result.before)} WITH (FORCE)`);
    return ms;
}

async function plainRestore(): Promise<number> {
    await b.administer(`DROP DATABASE IF EXISTS ${plain} WITH (FORCE)`);
    await b.administer(`CREATE DATABASE ${plain} OWNER justdb TEMPLATE template0`);
    return timedInPod(`pg_restore --exit-on-error --no-owner --role=justdb -d ${plain} /tmp/bench.dump`);
}

/** Must run in this order: what is restored is what was backed up. */
export const backup: Measured[] = [
    {
        name: `${rows} rows: backup / pg_dump into a file`,
        rounds,
        floor: () => timedInPod(`pg_dump --format=custom -f /tmp/bench.dump ${database}`),
        subject: backUp,
    },
    {
        name: `${rows} rows: restore, all checks / pg_restore of that file`,
        rounds,
        floor: plainRestore,
        subject: restore,
    },
];

export async function prepareBackup(): Promise<void> {
    await fill();
    await startPod();
}

/** Leaves nothing: a backup of another database must not be the newest one of the stack. */
export async function cleanBackup(): Promise<void> {
    const Bucket = await b.variable("BACKUPS_BUCKET");
    for (const id of made) {
        const { Versions = [] } = await b.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `backups/${id}/` }));
        for (const { Key, VersionId } of Versions) await b.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
    await kubectl(["-n", namespace, "delete", "pod", pod, "--ignore-not-found", "--wait=false"]);
    for (const name of [database, plain]) await b.administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

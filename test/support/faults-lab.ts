// A namespace with a PostgreSQL whose disk is small and really full when it is full, and a pod that runs backups and restores on it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { tmpVolume } from "../../components/backup/operation";
import { readScripts } from "../../components/backup/scripts";
import { administrator, apply, awsRegion, goBinary, kubeconfig, run, waitFor } from "../../sandbox";
import { removeBucket, s3 } from "./backups";
import { exec, podsReady, removeNamespaces } from "./cluster";

export interface Outcome {
    code: number;
    output: string;
}

export function succeeded({ code, output }: Outcome): void {
    assert.equal(code, 0, output);
}

/** It says why in one sentence, and without a stack trace. */
export function failed({ code, output }: Outcome, message: RegExp): void {
    assert.ok(code === 1 || code === 3, output);
    assert.match(output, /^FAILED: /m);
    assert.match(output, message);
    assert.doesNotMatch(output, /Traceback/);
}

/** A volume in memory is the one kind that is full at its size. */
const memory = (name: string, sizeLimit: string) => ({ name, emptyDir: { medium: "Memory", sizeLimit } });
const onDisk = (name: string, sizeLimit: string) => ({ name, emptyDir: { sizeLimit } });

const idle = ["sleep", "infinity"];

/** `mounts`: volume -> path. */
const container = (name: string, command: string[], mounts: Record<string, string>) => ({
    name,
    image: "docker.io/justdb/postgres:15",
    imagePullPolicy: "IfNotPresent",
    command,
    env: [
        { name: "HOME", value: "/tmp" },
        { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
    ],
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
    },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "768Mi" } },
    volumeMounts: Object.entries(mounts).map(([volume, mountPath]) => ({ name: volume, mountPath })),
});

const boot = `set -e
if [ ! -s /data/pg/PG_VERSION ]; then
    initdb -D /data/pg -U postgres -A trust --no-sync >/dev/null
    echo "host all all all trust" >> /data/pg/pg_hba.conf
fi
exec postgres -D /data/pg -c listen_addresses='*' -c unix_socket_directories=/tmp -c shared_buffers=16MB \\
    -c max_wal_size=48MB -c min_wal_size=32MB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off`;

export class FaultsLab {
    readonly namespace: string;
    readonly schemas = `faults-schemas-${randomBytes(4).toString("hex")}`;
    private readonly sealKey = randomBytes(32).toString("hex");
    readonly backups = `faults-backups-${randomBytes(4).toString("hex")}`;

    /**
     * `settings`: more of PostgreSQL's, as its arguments. `large`: for more data than memory, with scripts that have what a stack's have:
     * its volumes, and these limits.
     */
    constructor(
        lab = "faults",
        private readonly settings = "",
        private readonly large?: { cpu: string; memory: string },
    ) {
        this.namespace = `lab-${lab}`;
    }

    /** Brings up both buckets and both pods. */
    async open(diskSize: string): Promise<void> {
        for (const Bucket of [this.schemas, this.backups]) {
            const CreateBucketConfiguration = { LocationConstraint: awsRegion } as const;
            await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
            const VersioningConfiguration = { Status: "Enabled" } as const;
            await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
        }
        await this.start(diskSize);
    }

    /** Brings up both pods, with the roles that the stack's database has. */
    async start(diskSize: string): Promise<void> {
        await this.close();
        await apply(this.objects(diskSize));
        await podsReady("lab=faults", 2, this.namespace);
        await this.sql("CREATE ROLE justdb LOGIN", "postgres");
        const groups = "justdb, pg_signal_backend, pg_monitor";
        await this.sql(`CREATE ROLE justdb_restore LOGIN CREATEDB IN ROLE ${groups}`, "postgres");
        await this.sql("CREATE DATABASE justdb OWNER justdb", "postgres");
    }

    async close(): Promise<void> {
        await removeNamespaces(this.namespace);
    }

    async removeBuckets(): Promise<void> {
        for (const bucket of [this.schemas, this.backups]) await removeBucket(bucket);
    }

    sql(statement: string, database = "justdb"): Promise<string> {
        const line = `psql -h localhost -U postgres -qtAX -v ON_ERROR_STOP=1 -d ${database} -c "${statement}"`;
        return exec("postgres", line, this.namespace, "postgres").then((text) => text.trim());
    }

    /** Runs one of the scripts, against an S3 API of the test's: the sandbox's by another way, unless `variables` say more. */
    async run(script: string, endpoint: string, variables: Record<string, string> = {}): Promise<Outcome> {
        const { accessKeyId, secretAccessKey } = administrator();
        const environment = {
            DATABASE: "justdb",
            DATABASE_OWNER: "justdb",
            PGHOST: "postgres",
            PGUSER: "justdb_restore",
            SCHEMAS_BUCKET: this.schemas,
            BACKUPS_BUCKET: this.backups,
            AWS_ENDPOINT_URL: endpoint,
            AWS_DEFAULT_REGION: awsRegion,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            SEAL_KEY: this.sealKey,
            EMPTY_CACHES: "redis-cli flushall",
            ...variables,
        };
        // Through standard input, as arguments can be read by others.
        const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
        const output = await this.shell([...exports, `python3 /operations/${script}.py 2>&1`, "echo code $?"]);
        return { code: Number(/^code (\d+)$/m.exec(output)![1]), output };
    }

    /** Runs lines of a shell in the pod of the scripts. */
    shell(lines: string[]): Promise<string> {
        const input = [...lines, ""].join("\n");
        const command = ["--kubeconfig", kubeconfig, "-n", this.namespace, "exec", "-i", "operations", "--", "bash"];
        return run(goBinary("kubectl"), command, { input });
    }

    /** Waits until PostgreSQL answers, which may have to start again. */
    async answers(): Promise<void> {
        await waitFor("PostgreSQL", 60_000, async () => (await this.sql("SELECT 1")) === "1");
    }

    /** Leaves so many MiB of PostgreSQL's disk free; undefined frees all of it. */
    async fillDisk(left?: number): Promise<void> {
        const fill = `free=$(df --output=avail -B1M /data | tail -1); head -c $((free - ${left}))M /dev/zero > /data/filler`;
        await exec("postgres", left === undefined ? "rm -f /data/filler" : fill, this.namespace, "disk");
    }

    private objects(diskSize: string): object[] {
        const { namespace, large } = this;
        const volume = large ? onDisk : memory;
        const operations = container("operations", idle, { tmp: "/tmp", operations: "/operations" });
        const ready = { exec: { command: ["pg_isready", "-h", "localhost", "-q"] }, periodSeconds: 1 };
        const database = container("postgres", ["bash", "-c", `${boot} ${this.settings}`], {
            data: "/data",
            tmp: "/tmp",
        });
        return [
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "operations", namespace }, data: readScripts() },
            this.pod(
                "postgres",
                // The second one is there to fill the disk while PostgreSQL is down.
                [{ ...database, readinessProbe: ready }, container("disk", idle, { data: "/data" })],
                [volume("data", diskSize), memory("tmp", "16Mi")],
            ),
            this.pod(
                "operations",
                [large ? { ...operations, resources: { limits: large } } : operations],
                [large ? tmpVolume : memory("tmp", "16Mi"), { name: "operations", configMap: { name: "operations" } }],
            ),
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: { name: "postgres", namespace },
                spec: { selector: { app: "postgres" }, ports: [{ port: 5432 }] },
            },
        ];
    }

    private pod(name: string, containers: object[], volumes: object[]): object {
        const metadata = { name, namespace: this.namespace, labels: { lab: "faults", app: name } };
        const seccompProfile = { type: "RuntimeDefault" };
        const securityContext = { runAsNonRoot: true, runAsUser: 26, fsGroup: 26, seccompProfile };
        const spec = { automountServiceAccountToken: false, terminationGracePeriodSeconds: 1, securityContext };
        return { apiVersion: "v1", kind: "Pod", metadata, spec: { ...spec, containers, volumes } };
    }
}

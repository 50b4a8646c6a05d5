// A namespace with a PostgreSQL whose disk is small and really full when it is full, and a pod that runs backups and restores on it.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { administrator, awsRegion } from "../../sandbox/aws/moto";
import { apply, kubectl } from "../../sandbox/cluster/kubectl";
import { CommandError, run } from "../../sandbox/lib/exec";
import { goBinary } from "../../sandbox/go/build";
import { kubeconfig, repoDir } from "../../sandbox/lib/paths";
import { waitFor } from "../../sandbox/lib/progress";
import { s3 } from "./backups";
import { exec, podsReady } from "./cluster";

export interface Outcome {
    code: number;
    output: string;
}

const image = "docker.io/justdb/postgres:15";
const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
};

/** A volume in memory is the one kind that is full at its size. */
const memory = (name: string, sizeLimit: string) => ({ name, emptyDir: { medium: "Memory", sizeLimit } });

const operations = path.join(repoDir, "operations");
const scripts = () =>
    Object.fromEntries(
        readdirSync(operations)
            .filter((file) => file.endsWith(".py"))
            .map((file) => [file, readFileSync(path.join(operations, file), "utf8")]),
    );

const boot = `set -e
if [ ! -s /data/pg/PG_VERSION ]; then
    initdb -D /data/pg -U postgres -A trust --no-sync >/dev/null
    echo "host all all all trust" >> /data/pg/pg_hba.conf
fi
exec postgres -D /data/pg -c listen_addresses='*' -c unix_socket_directories=/tmp -c shared_buffers=16MB \\
    -c max_wal_size=48MB -c min_wal_size=32MB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off`;

export class FaultsLab {
    readonly namespace = "lab-faults";
    readonly schemas = `faults-schemas-${randomBytes(4).toString("hex")}`;
    readonly backups = `faults-backups-${randomBytes(4).toString("hex")}`;

    /** Brings up both pods and both buckets, with the roles that the stack's database has. */
    async open(diskSize: string): Promise<void> {
        await this.close();
        for (const Bucket of [this.schemas, this.backups]) {
            const CreateBucketConfiguration = { LocationConstraint: awsRegion } as const;
            await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
            const VersioningConfiguration = { Status: "Enabled" } as const;
            await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
        }
        await apply(this.objects(diskSize));
        await podsReady("lab=faults", 2, this.namespace);
        await this.sql("CREATE ROLE justdb LOGIN", "postgres");
        await this.sql("CREATE ROLE justdb_restore LOGIN CREATEDB IN ROLE justdb, pg_signal_backend", "postgres");
        await this.sql("CREATE DATABASE justdb OWNER justdb", "postgres");
    }

    async close(): Promise<void> {
        await kubectl(["delete", "namespace", this.namespace, "--ignore-not-found", "--wait"]);
    }

    sql(statement: string, database = "justdb"): Promise<string> {
        const line = `psql -h localhost -U postgres -qtAX -v ON_ERROR_STOP=1 -d ${database} -c "${statement}"`;
        return exec("postgres", line, this.namespace).then((text) => text.trim());
    }

    /** Runs one of the scripts, against an S3 API of the test's. */
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
            ...variables,
        };
        // Through standard input, as arguments can be read by others.
        const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
        const input = [...exports, `exec python3 /operations/${script}.py 2>&1`, ""].join("\n");
        const command = ["--kubeconfig", kubeconfig, "-n", this.namespace, "exec", "-i", "operations", "--", "bash"];
        try {
            return { code: 0, output: await run(goBinary("kubectl"), command, { input }) };
        } catch (error) {
            if (!(error instanceof CommandError)) throw error;
            return { code: error.code ?? -1, output: error.output };
        }
    }

    /** Starts PostgreSQL again after it ended, and waits until it answers. */
    async answers(): Promise<void> {
        await waitFor("PostgreSQL", 60_000, async () => (await this.sql("SELECT 1")) === "1");
    }

    private objects(diskSize: string): object[] {
        const { namespace } = this;
        const labels = { lab: "faults" };
        const pod = (name: string, command: string[], volumes: [string, string, string][], more: object = {}) => ({
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name, namespace, labels: { ...labels, app: name } },
            spec: {
                automountServiceAccountToken: false,
                securityContext: {
                    runAsNonRoot: true,
                    runAsUser: 26,
                    fsGroup: 26,
                    seccompProfile: { type: "RuntimeDefault" },
                },
                terminationGracePeriodSeconds: 1,
                containers: [
                    {
                        name,
                        image,
                        imagePullPolicy: "IfNotPresent",
                        command,
                        env: [
                            { name: "HOME", value: "/tmp" },
                            { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
                        ],
                        securityContext: restricted,
                        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "768Mi" } },
                        volumeMounts: [
                            ...volumes.map(([volume, mountPath]) => ({ name: volume, mountPath })),
                            ...(name === "operations" ? [{ name: "operations", mountPath: "/operations" }] : []),
                        ],
                        ...more,
                    },
                ],
                volumes: [
                    ...volumes.map(([volume, , size]) => memory(volume, size)),
                    ...(name === "operations" ? [{ name: "operations", configMap: { name: "operations" } }] : []),
                ],
            },
        });
        const ready = { exec: { command: ["pg_isready", "-h", "localhost", "-q"] }, periodSeconds: 1 };
        return [
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "operations", namespace }, data: scripts() },
            pod(
                "postgres",
                ["bash", "-c", boot],
                [
                    ["data", "/data", diskSize],
                    ["tmp", "/tmp", "16Mi"],
                ],
                { readinessProbe: ready },
            ),
            pod("operations", ["sleep", "infinity"], [["tmp", "/tmp", "16Mi"]]),
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: { name: "postgres", namespace },
                spec: { selector: { app: "postgres" }, ports: [{ port: 5432 }] },
            },
        ];
    }
}

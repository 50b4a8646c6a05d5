// A database of its own in a namespace of its own, under the same rules as the stack's, that archives with the stack's key.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { baseBackup, objectStore, ofSecret } from "../../components/archive/store";
import { names } from "../../components/archive/names";
import { databasePods, names as databaseNames } from "../../components/database/names";
import { quota } from "../../components/namespace/quota";
import { policies } from "../../components/network/policies";
import { demands, flows } from "../../components/parts";
import { chartValues } from "../../components/database/values";
import { resolve } from "../../components/config/resolve";
import { apply, ensureVolumes, goBinary, kubectl, repoDir, run, runDir, waitFor } from "../../sandbox";
import { get, type KubeObject, list, namespace as stackNamespace, removeNamespaces, sql } from "./cluster";
import { argsOfStack } from "./mocks-stack";

const clusters = "clusters.postgresql.cnpg.io";
const owner = { username: "justdb", password: randomBytes(16).toString("hex") };

export class ArchiveLab {
    /** URL of the stack's own archive, in which all those of the lab are: its key reaches no other folder. */
    private readonly folder: string;

    private constructor(
        private readonly secret: KubeObject,
        stackStore: KubeObject,
        private readonly namespace = "archive-lab",
    ) {
        const { destinationPath } = stackStore.spec.configuration as { destinationPath: string };
        this.folder = destinationPath;
    }

    static async open(stack = stackNamespace): Promise<ArchiveLab> {
        const secret = await get("secret", names.archive, stack);
        const lab = new ArchiveLab(secret, await get("objectstore", names.archive, stack));
        await lab.close();
        await ensureVolumes();
        await apply(await lab.surroundings());
        return lab;
    }

    async close(): Promise<void> {
        await removeNamespaces(this.namespace);
    }

    /** A new name for an archive. */
    name(): string {
        return `lab-${randomBytes(4).toString("hex")}`;
    }

    /** Makes a database that writes one archive, and starts from another, or from nothing. Waits until it takes connections. */
    async start(archive: string, from?: { archive: string; time: string }): Promise<void> {
        await apply([this.store(names.archive, archive), ...(from ? [this.store(names.source, from.archive)] : [])]);
        const settings = this.settings(from && `s3://lab/lab/${from.time || "latest"}`);
        const values = { ...chartValues(settings, "test", databaseNames.owner), roles: [] };
        const chart = path.join(repoDir, "components/database/chart");
        const args = ["template", databaseNames.cluster, chart, "--namespace", this.namespace, "--values", "-"];
        await apply(await run(goBinary("helm"), args, { input: JSON.stringify(values) }));
        await waitFor("the database", 300_000, async () => {
            const cluster = await get(clusters, databaseNames.cluster, this.namespace);
            return isTrue(cluster, "Ready") || String(cluster.status?.phase);
        });
    }

    /** Makes a base backup, and waits until it counts. */
    async backUp(): Promise<void> {
        const name = `base-${randomBytes(4).toString("hex")}`;
        const metadata = this.metadata(name);
        await apply([{ apiVersion: "postgresql.cnpg.io/v1", kind: "Backup", metadata, spec: baseBackup }]);
        await waitFor("the base backup", 120_000, async () => {
            const backup = await get("backups.postgresql.cnpg.io", name, this.namespace);
            return backup.status?.phase === "completed" || JSON.stringify(backup.status ?? {});
        });
    }

    /** Runs one SQL statement as the administrator, and returns the bare rows. */
    sql(statement: string): Promise<string> {
        return sql(statement, this.namespace);
    }

    /** Waits until all that was written up to now is in the archive. */
    archived(): Promise<void> {
        return archived(this.namespace);
    }

    /** Deletes the database with its volumes, as somebody would who wants another. */
    async remove(): Promise<void> {
        await kubectl(["-n", this.namespace, "delete", clusters, databaseNames.cluster, "--wait"]);
        await this.volumesGone();
    }

    /** Empties every volume under the running database, and takes it away without a chance to archive anything. */
    async lose(): Promise<void> {
        for (const claim of await list("pvc", this.namespace)) {
            const folder = path.join(runDir, "volumes", claim.spec.volumeName as string);
            for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
        }
        await kubectl(["-n", this.namespace, "delete", clusters, databaseNames.cluster, "--wait"]);
        await kubectl(["-n", this.namespace, "delete", "pods", "--all", "--force", "--grace-period=0"]);
        await this.volumesGone();
    }

    private volumesGone(): Promise<void> {
        return waitFor("the volumes to go", 120_000, async () => {
            const claims = await list("pvc", this.namespace);
            return claims.length === 0 || `${claims.length} are left`;
        });
    }

    private settings(restoreFrom = "") {
        return resolve({ ...argsOfStack("sandbox"), archiveTimeoutSeconds: archiveTimeout, restoreFrom }, "justdb");
    }

    private metadata(name: string) {
        return { name, namespace: this.namespace };
    }

    private store(name: string, archive: string): object {
        const { storageEndpoint, archiveCpuLimit, archiveMemoryLimit } = this.settings();
        const spec = objectStore({
            destination: `${this.folder}/${archive}`,
            endpoint: storageEndpoint,
            limits: { cpu: archiveCpuLimit, memory: archiveMemoryLimit },
            s3Credentials: ofSecret(names.archive),
            env: [],
            encrypted: true,
            retentionDays: 1,
        });
        return { apiVersion: "barmancloud.cnpg.io/v1", kind: "ObjectStore", metadata: this.metadata(name), spec };
    }

    /** The namespace with the stack's Pod Security, quota and NetworkPolicies, and the Secrets. */
    private async surroundings(): Promise<object[]> {
        const { labels = {} } = (await get("namespace", stackNamespace)).metadata;
        const enforced = Object.entries(labels).filter(([label]) => label.startsWith("pod-security.kubernetes.io/"));
        const settings = this.settings("s3://lab/any/latest");
        const policy = (name: string, spec: object) => ({
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: this.metadata(name),
            spec,
        });
        const secret = (name: string, rest: object) => ({
            apiVersion: "v1",
            kind: "Secret",
            metadata: this.metadata(name),
            ...rest,
        });
        return [
            {
                apiVersion: "v1",
                kind: "Namespace",
                metadata: { name: this.namespace, labels: Object.fromEntries(enforced) },
            },
            {
                apiVersion: "v1",
                kind: "ResourceQuota",
                metadata: this.metadata("quota"),
                spec: { hard: quota(demands(settings)) },
            },
            ...policies(flows(settings))
                .filter(({ name }) => name === "default-deny" || name === databasePods.name)
                .map(({ name, spec }) => policy(name, spec)),
            secret(names.archive, { data: this.secret.data }),
            secret(databaseNames.owner, { type: "kubernetes.io/basic-auth", stringData: owner }),
        ];
    }
}

/** Waits until all that a database has written up to now is in its archive. */
export async function archived(namespace: string): Promise<void> {
    const wal = await sql("SELECT pg_walfile_name(pg_switch_wal())", namespace);
    await waitFor("the archive", 60_000, async () => {
        const last = await sql("SELECT last_archived_wal FROM pg_stat_archiver", namespace);
        return last >= wal || `${last} is the last in it, not yet ${wal}`;
    });
}

/** Short, so that the test is. */
export const archiveTimeout = 10;

export function isTrue({ status }: KubeObject, type: string): boolean {
    const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
    return conditions.some((condition) => condition.type === type && condition.status === "True");
}

// Jobs like the stack's migrations, with a changelog of the test's, on a database of the test's.
import * as path from "node:path";
import { readChangelog } from "../../components/migrations/changelog";
import { goBinary, kubeconfig, kubectl, repoDir, run, waitFor } from "../../sandbox";
import { get, list, namespace as stackNamespace, type KubeObject } from "./cluster";

export type Changelog = Record<string, string>;

interface Container {
    name: string;
    command: string[];
    env: { name: string; value?: string }[];
}

/** Of a Job, what is read here. */
interface JobSpec {
    selector?: unknown;
    template: {
        metadata: object;
        spec: {
            initContainers?: Container[];
            containers: [Container];
            volumes: { name: string; configMap?: { name: string } }[];
        };
    };
}

export interface Ended {
    succeeded: boolean;
    /** What its containers left as their last words. */
    message: string;
    log: string;
}

const label = "app=justdb-migrations";

/** Changes of the product, in their order. */
export const changes = Object.keys(readChangelog().files).filter((file) => file.endsWith(".sql"));

export class Lab {
    private constructor(
        private readonly database: string,
        /** The changelog of the stack. */
        readonly current: Changelog,
        private readonly spec: JobSpec,
        private readonly namespace: string,
    ) {}

    static async open(database: string, namespace = stackNamespace): Promise<Lab> {
        const jobs = await list("jobs", namespace, label);
        const job = jobs.find(({ metadata }) => /^justdb-migrations-[0-9a-f]{10}$/.test(metadata.name))!;
        const current = (await get("configmap", job.metadata.name, namespace)).data!;
        return new Lab(database, current, job.spec as JobSpec, namespace);
    }

    /** The product's changelog with its first changes only, and more changes after them: SQL by id. */
    changelog(count: number, more: Record<string, string> = {}): Changelog {
        const added = Object.entries(more).map(([id, sql]): [string, string] => [
            `${id}.sql`,
            `--liquibase formatted sql logicalFilePath:justdb/${id}.sql\n\n--changeset test:${id} splitStatements:false\n${sql}\n`,
        ]);
        const files = [...changes.slice(0, count), ...added.map(([file]) => file)];
        const root = files.map((file) => `    - include: { file: ${file}, relativeToChangelogFile: true }\n`).join("");
        return {
            ...this.current,
            ...Object.fromEntries(added),
            "changelog.yaml": files.length ? `databaseChangeLog:\n${root}` : "databaseChangeLog: []\n",
        };
    }

    /** Starts a Job; with a command of Liquibase it does that in place of migrating. */
    async start(id: string, files: Changelog, command?: string[]): Promise<void> {
        const name = `justdb-migrations-${id}`;
        const metadata = { name, namespace: this.namespace, labels: { app: "justdb-migrations", test: "migrations" } };
        const spec = structuredClone(this.spec);
        delete spec.selector;
        spec.template.metadata = { labels: { app: "justdb-migrations" } };
        const pod = spec.template.spec;
        pod.volumes.find((volume) => volume.name === "changelog")!.configMap!.name = name;
        // Nothing but the migrations' own steps.
        pod.initContainers = pod.initContainers!.filter((container) => container.name === "check");
        for (const item of [...pod.initContainers, ...pod.containers].flatMap((container) => container.env)) {
            item.value = item.value?.replace(/\/\w+\?/, `/${this.database}?`).replace(/-d \w+$/, `-d ${this.database}`);
        }
        if (command) {
            pod.containers[0].command = ["/bin/sh", "/changelog/migrate.sh", "run", ...command];
            delete pod.initContainers;
        }
        const map = { apiVersion: "v1", kind: "ConfigMap", metadata, data: files };
        const job = { apiVersion: "batch/v1", kind: "Job", metadata, spec };
        await kubectl(["create", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: [map, job] }));
    }

    async pods(id: string): Promise<KubeObject[]> {
        return list("pods", this.namespace, `job-name=justdb-migrations-${id}`);
    }

    /** Waits for the end of a Job, and takes it away. */
    async end(id: string): Promise<Ended> {
        const name = `justdb-migrations-${id}`;
        let succeeded = false;
        await waitFor(`the end of ${name}`, 400_000, async () => {
            const conditions = ((await get("job", name, this.namespace)).status.conditions ?? []) as {
                type: string;
                status: string;
            }[];
            const ended = conditions.find((c) => ["Complete", "Failed"].includes(c.type) && c.status === "True");
            succeeded = ended?.type === "Complete";
            return ended !== undefined;
        });
        const pods = await this.pods(id);
        const message = pods.flatMap(lastWords).join("\n");
        const log = await kubectl([
            ...["-n", this.namespace, "logs", "-l", `job-name=${name}`, "--all-containers", "--tail=-1"],
            "--ignore-errors",
        ]);
        await this.remove(id);
        return { succeeded, message, log };
    }

    async run(id: string, files: Changelog, command?: string[]): Promise<Ended> {
        await this.start(id, files, command);
        return this.end(id);
    }

    /** A new, empty database. */
    async recreate(): Promise<void> {
        const psql = (statement: string) => this.psql("postgres", ["-c", statement]);
        await psql(`DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`);
        await psql(`CREATE DATABASE ${this.database} OWNER justdb`);
    }

    /** Runs SQL as the database's administrator, and returns the bare rows. */
    sql(statement: string): Promise<string> {
        return this.psql(this.database, ["-c", statement]);
    }

    /** What `pg_dump` writes of the schema, Liquibase's own tables left out. */
    async schema(): Promise<string> {
        const text = await this.exec(["pg_dump", "-s", "-T", "databasechangelog*", "-d", this.database]);
        // Newer versions of pg_dump put a random word around the dump.
        return text.replace(/^\\(un)?restrict .*$/gm, "");
    }

    private async psql(database: string, args: string[]): Promise<string> {
        return (await this.exec(["psql", "-qtAX", "-v", "ON_ERROR_STOP=1", "-d", database, ...args])).trim();
    }

    private exec(command: string[]): Promise<string> {
        return kubectl(["-n", this.namespace, "exec", "svc/justdb-postgres", "-c", "postgres", "--", ...command]);
    }

    private async remove(id: string): Promise<void> {
        await kubectl([
            "-n",
            this.namespace,
            "delete",
            "job,configmap",
            `justdb-migrations-${id}`,
            "--ignore-not-found",
        ]);
    }

    /** Takes away the database, and what a failed test left. */
    async close(): Promise<void> {
        await this.psql("postgres", ["-c", `DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`]);
        await kubectl(["-n", this.namespace, "delete", "job,configmap", "-l", "test=migrations"]);
    }
}

interface ContainerStatus {
    state: { terminated?: { message?: string } };
}

function lastWords({ status }: KubeObject): string[] {
    const { initContainerStatuses = [], containerStatuses = [] } = status as Record<string, ContainerStatus[]>;
    return [...initContainerStatuses, ...containerStatuses].flatMap(({ state }) => state.terminated?.message ?? []);
}

/** The command that a message gives to free the lock. */
export function commandIn(message: string): string {
    const command = /^\s*(kubectl .* -c ".*")\s*$/m.exec(message)?.[1];
    if (!command) throw new Error(`no command in: ${message}`);
    return command;
}

/** Runs a line as a person would, with the sandbox's kubectl. */
export function shell(line: string): Promise<string> {
    const bin = path.dirname(goBinary("kubectl"));
    return run("bash", ["-c", line], { env: { KUBECONFIG: kubeconfig, PATH: `${bin}:${process.env.PATH}` } });
}

/** Runs a command of Liquibase on a stack's own database, as the runbook does. */
export const liquibaseIn = (namespace: string, ...command: string[]) =>
    shell([path.join(repoDir, "components/migrations/liquibase.sh"), namespace, ...command].join(" "));
export const liquibase = (...command: string[]) => liquibaseIn(stackNamespace, ...command);

import * as core from "@pulumi/kubernetes/core/v1";
import type { core as inputs } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { tmpVolume } from "../backup/operation";
import type { Database } from "../database/database";
import { names as databaseNames } from "../database/names";
import { type Authorities, authorityMounts, authorityVolumes } from "../lib/authority";
import { createAwaitedJob, inTurn, triedOnce, undisturbed } from "../lib/job";
import { containerSecurity, podTemplate } from "../lib/pod";
import type { Cluster, Waited } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { createServiceAccount } from "../lib/service-account";
import type { Resolved } from "../parts";
import type { Secrets } from "../secrets/secrets";
import { readChangelog } from "./changelog";
import { migrationsName, migrationsPods } from "./names";

/** The user of Liquibase's official image. */
const liquibaseUid = 1001;

/** How long a change that is being made may go on when its pod is deleted. */
const graceSeconds = 300;
/** A step between the look at what is pending, in /work/pending, and the changes. */
export interface Step extends Waited {
    container: inputs.v1.Container;
    volumes: inputs.v1.Volume[];
    /** What it verifies by, beside what the changes do. */
    authorities: Authorities;
    /** How long it may take. */
    seconds: number;
}

/** Where /work is mounted from. */
export const workVolume = "work";

interface Wiring {
    secrets: Secrets;
    database: Database;
}

/**
 * Brings the database to the newest change. The names of the Job and the ConfigMap end with the hash of the changelog: another
 * changelog is another Job, and the same changelog leaves it alone.
 */
export function createMigrations(cluster: Cluster, { secrets, database }: Wiring, steps: Step[] = []): Waited {
    const { settings, child, metadata, options } = cluster;
    const { files, hash } = readChangelog();
    const name = `${migrationsName}-${hash}`;

    const account = createServiceAccount(cluster, "migrations-account", migrationsName);
    const changelog = new core.ConfigMap(
        child("migrations-changelog"),
        { metadata: metadata(name), data: files, immutable: true },
        options(inTurn),
    );
    const seconds = steps.reduce((sum, step) => sum + step.seconds, settings.migrationsDeadlineHours * 3600);
    const template = podTemplate(cluster, {
        labels: migrationsPods.labels,
        annotations: undisturbed,
        account: migrationsName,
        uid: liquibaseUid,
        containers: [container(cluster, "update", database)],
        volumes: [
            { name: "changelog", configMap: { name } },
            { name: workVolume, emptyDir: { sizeLimit: "16Mi" } },
            // A backup that is a step needs as much as any other.
            tmpVolume,
            ...authorityVolumes([database.authority, ...steps.flatMap((step) => step.authorities)]),
            ...steps.flatMap((step) => step.volumes),
        ],
        more: {
            restartPolicy: "Never",
            terminationGracePeriodSeconds: graceSeconds,
            initContainers: [container(cluster, "check", database), ...steps.map((step) => step.container)],
        },
    });
    return createAwaitedJob(cluster, "migrations", {
        name,
        labels: migrationsPods.labels,
        spec: { ...triedOnce, activeDeadlineSeconds: seconds, template },
        ready: [account, changelog, ...secrets.ready, ...database.ready, ...steps.flatMap((step) => step.ready)],
        createSeconds: seconds + 2 * graceSeconds,
    });
}

function container({ settings }: Cluster, step: "check" | "update", database: Database): inputs.v1.Container {
    const { user, password } = database.roles.login;
    return {
        name: step,
        image: settings.migrationsImage,
        imagePullPolicy: "IfNotPresent",
        command: ["/bin/sh", "/changelog/migrate.sh", step],
        env: [
            { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            { name: "LIQUIBASE_COMMAND_URL", value: database.jdbcUrl.apply(named) },
            { name: "LIQUIBASE_COMMAND_USERNAME", value: user },
            secretVariable("LIQUIBASE_COMMAND_PASSWORD", password),
            { name: "LIQUIBASE_COMMAND_CHANGELOG_FILE", value: "changelog.yaml" },
            { name: "LIQUIBASE_SEARCH_PATH", value: "/changelog" },
            { name: "LIQUIBASE_HEADLESS", value: "true" },
            { name: "LIQUIBASE_SHOW_BANNER", value: "false" },
            { name: "LIQUIBASE_ANALYTICS_ENABLED", value: "false" },
            { name: "PSQL", value: psql(settings, database) },
            { name: "PSQL_AS_ADMINISTRATOR", value: psql(settings, database, "ADMINISTRATOR") },
            { name: "VERIFIED_BY", value: verifiedBy(settings, database) },
        ],
        resources: {
            requests: { cpu: "100m", memory: "512Mi" },
            limits: { cpu: "1", memory: "512Mi" },
        },
        terminationMessagePolicy: "FallbackToLogsOnError",
        securityContext: containerSecurity,
        volumeMounts: [
            { name: "changelog", mountPath: "/changelog", readOnly: true },
            { name: workVolume, mountPath: "/work" },
            { name: "tmp", mountPath: "/tmp" },
            ...authorityMounts([database.authority]),
        ],
    };
}

/** The pod is connected under its own name, by which another one sees whether the holder of the lock still is. */
const named = (jdbcUrl: string) =>
    `${jdbcUrl}${jdbcUrl.includes("?") ? "&" : "?"}ApplicationName=$(POD_NAME)&tcpKeepAlive=true`;

/** How a person reaches the database, for messages. */
function psql(settings: Resolved, database: Database, user = settings.postgresUser): pulumi.Input<string> {
    const { namespace, postgresMode, postgresDatabase, postgresPort } = settings;
    if (postgresMode === "managed") {
        return `kubectl -n ${namespace} exec svc/${databaseNames.service} -c postgres -- psql -d ${postgresDatabase}`;
    }
    return pulumi.interpolate`psql -h ${database.host} -p ${postgresPort} -U ${user} -d ${postgresDatabase}`;
}

/** Where a person looks when the server's certificate is not accepted, for a message. */
function verifiedBy({ postgresMode }: Resolved, { authority }: Database): string {
    if (postgresMode === "managed") return `by the operator's own authority, in Secret ${databaseNames.authority}`;
    const by = authority
        ? "by postgresCaCertificates"
        : "by the public authorities, as postgresCaCertificates is empty";
    return `${by}, and by postgresHost, which must be a name in it`;
}

import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import type { core as inputs } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { readChangelog } from "./lib/changelog";
import type { Context } from "./lib/context";
import { inTurn, madeAgain } from "./lib/job";
import { names, selectors } from "./lib/names";
import { containerSecurity, podSecurity } from "./lib/pod-security";
import { migrationsSize } from "./lib/quota";
import type { Postgres } from "./postgres";
import type { Secrets } from "./secrets";

/** The user of Liquibase's official image. */
const liquibaseUser = 1001;

/** Changes that take longer are ended and rolled back. */
const deadlineSeconds = 3600;
/** How long a change that is being made may go on when its pod is deleted. */
const graceSeconds = 300;
/** Exit codes of migrate.sh with which a retry is useless. */
const finalCodes = [3, 4];

/** A step between the look at what is pending, in /work/pending, and the changes. */
export interface Step {
    container: inputs.v1.Container;
    volumes: inputs.v1.Volume[];
    /** What it waits for. */
    dependsOn: pulumi.Resource[];
    /** How long it may take. */
    seconds: number;
}

/** Where /work is mounted from. */
export const workVolume = "work";

/**
 * Brings the database to the newest change. The Job and the ConfigMap bear the hash of the changelog in their names: another
 * changelog is another Job, and the same changelog leaves it alone.
 */
export function createMigrations(
    context: Context,
    { secrets, postgres }: { secrets: Secrets; postgres: Postgres },
    steps: Step[] = [],
): batch.Job {
    const { settings, child, metadata, options } = context;
    const { files, hash } = readChangelog();
    const name = `${names.migrations}-${hash}`;

    const account = new core.ServiceAccount(
        child("migrations-account"),
        { metadata: metadata(names.migrations), automountServiceAccountToken: false },
        options(),
    );
    const changelog = new core.ConfigMap(
        child("migrations-changelog"),
        { metadata: metadata(name), data: files, immutable: true },
        options(inTurn),
    );
    const seconds = steps.reduce((sum, step) => sum + step.seconds, deadlineSeconds);
    return new batch.Job(
        child("migrations"),
        {
            metadata: metadata(name, { labels: selectors.migrations, annotations: madeAgain }),
            spec: {
                backoffLimit: 2,
                activeDeadlineSeconds: seconds,
                podFailurePolicy: {
                    rules: [
                        { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
                        { action: "FailJob", onExitCodes: { operator: "In", values: finalCodes } },
                    ],
                },
                template: {
                    metadata: { labels: selectors.migrations },
                    spec: {
                        restartPolicy: "Never",
                        serviceAccountName: names.migrations,
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: podSecurity(liquibaseUser),
                        imagePullSecrets: settings.imagePullSecrets.map((secret) => ({ name: secret })),
                        terminationGracePeriodSeconds: graceSeconds,
                        initContainers: [
                            container(context, "check", secrets, postgres),
                            ...steps.map((step) => step.container),
                        ],
                        containers: [container(context, "update", secrets, postgres)],
                        volumes: [
                            { name: "changelog", configMap: { name } },
                            { name: workVolume, emptyDir: { sizeLimit: "16Mi" } },
                            { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                            ...steps.flatMap((step) => step.volumes),
                        ],
                    },
                },
            },
        },
        options({
            ...inTurn,
            dependsOn: [
                account,
                changelog,
                ...secrets.created,
                ...postgres.ready,
                ...steps.flatMap((step) => step.dependsOn),
            ],
            customTimeouts: { create: `${seconds + 2 * graceSeconds}s` },
        }),
    );
}

function container(
    context: Context,
    step: "check" | "update",
    secrets: Secrets,
    postgres: Postgres,
): inputs.v1.Container {
    const { settings } = context;
    const password = { name: secrets.database.name, key: secrets.database.key };
    return {
        name: step,
        image: settings.migrationsImage,
        imagePullPolicy: "IfNotPresent",
        command: ["/bin/sh", "/changelog/migrate.sh", step],
        env: [
            { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            { name: "LIQUIBASE_COMMAND_URL", value: postgres.jdbcUrl.apply(named) },
            { name: "LIQUIBASE_COMMAND_USERNAME", value: settings.postgresUser },
            { name: "LIQUIBASE_COMMAND_PASSWORD", valueFrom: { secretKeyRef: password } },
            { name: "LIQUIBASE_COMMAND_CHANGELOG_FILE", value: "changelog.yaml" },
            { name: "LIQUIBASE_SEARCH_PATH", value: "/changelog" },
            { name: "LIQUIBASE_HEADLESS", value: "true" },
            { name: "LIQUIBASE_SHOW_BANNER", value: "false" },
            { name: "LIQUIBASE_ANALYTICS_ENABLED", value: "false" },
            { name: "PSQL", value: psql(context, postgres) },
        ],
        resources: {
            requests: { cpu: migrationsSize.cpuRequest, memory: migrationsSize.memory },
            limits: { cpu: migrationsSize.cpuLimit, memory: migrationsSize.memory },
        },
        terminationMessagePolicy: "FallbackToLogsOnError",
        securityContext: containerSecurity,
        volumeMounts: [
            { name: "changelog", mountPath: "/changelog", readOnly: true },
            { name: workVolume, mountPath: "/work" },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}

/** The pod is connected under its own name, by which another one sees whether the holder of the lock still is. */
const named = (jdbcUrl: string) =>
    `${jdbcUrl}${jdbcUrl.includes("?") ? "&" : "?"}ApplicationName=$(POD_NAME)&tcpKeepAlive=true`;

/** How a person reaches the database, for messages. */
function psql({ settings }: Context, postgres: Postgres): pulumi.Input<string> {
    const { namespace, postgresMode, postgresDatabase, postgresPort, postgresUser } = settings;
    if (postgresMode === "managed") {
        return `kubectl -n ${namespace} exec svc/${names.postgresService} -c postgres -- psql -d ${postgresDatabase}`;
    }
    return pulumi.interpolate`psql -h ${postgres.host} -p ${postgresPort} -U ${postgresUser} -d ${postgresDatabase}`;
}

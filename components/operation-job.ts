import type { batch as batchInputs, core as coreInputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./lib/context";
import { names, selectors } from "./lib/names";
import { containerSecurity, podSecurity } from "./lib/pod-security";
import { operationSize } from "./lib/quota";
import type { Postgres } from "./postgres";
import type { Role } from "./postgres-roles";

export type Variable = coreInputs.v1.EnvVar;

/** What one of the scripts in operations/ runs with. */
export interface Operation {
    /** Its pods are let through where those of this part are. */
    name: "backup" | "restore";
    objectName: string;
    command: string[];
    bucketVariables: Variable[];
    variables: Variable[];
    postgres: Postgres;
    role: Role;
    key: { secretName: string };
    backoffLimit: number;
    /** Of the pod. */
    annotations?: Record<string, string>;
    /** What must be there before it runs. */
    dependsOn: pulumi.Resource[];
}

/** The user of CloudNativePG's images. */
export const postgresUser = 26;
/** What takes longer hangs. */
export const deadlineSeconds = 6 * 3600;
/** The exit code of a script for which another try would end the same way. */
const finalCode = 3;

export function operationJob(context: Context, operation: Operation): batchInputs.v1.JobTemplateSpec {
    const { settings } = context;
    const labels = { ...context.metadata(operation.objectName).labels, ...selectors[operation.name] };
    return {
        metadata: { labels },
        spec: {
            backoffLimit: operation.backoffLimit,
            activeDeadlineSeconds: deadlineSeconds,
            podFailurePolicy: {
                rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [finalCode] } }],
            },
            template: {
                metadata: { labels, ...(operation.annotations ? { annotations: operation.annotations } : {}) },
                spec: {
                    restartPolicy: "Never",
                    serviceAccountName: operation.objectName,
                    automountServiceAccountToken: false,
                    enableServiceLinks: false,
                    securityContext: podSecurity(postgresUser),
                    imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
                    containers: [operationContainer(context, operation)],
                    volumes: [scriptsVolume, { name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
                },
            },
        },
    };
}

/** Where the scripts are. */
export const scriptsVolume = { name: "operations", configMap: { name: names.operations } };

export function operationContainer(
    { settings }: Context,
    operation: Operation,
    moreMounts: coreInputs.v1.VolumeMount[] = [],
): coreInputs.v1.Container {
    const { role, key } = operation;
    const fromSecret = (name: string, secret: pulumi.Input<string>, secretKey: string) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key: secretKey } },
    });
    return {
        name: operation.objectName,
        image: settings.backupImage || settings.postgresImage,
        imagePullPolicy: "IfNotPresent",
        command: operation.command,
        env: [
            ...database(settings, operation.postgres),
            { name: "PGUSER", value: role.user },
            fromSecret("PGPASSWORD", role.password.name, role.password.key),
            ...operation.bucketVariables,
            fromSecret("AWS_ACCESS_KEY_ID", key.secretName, "aws-access-key-id"),
            fromSecret("AWS_SECRET_ACCESS_KEY", key.secretName, "aws-secret-access-key"),
            { name: "AWS_EC2_METADATA_DISABLED", value: "true" },
            { name: "NAMESPACE", value: settings.namespace },
            { name: "HOME", value: "/tmp" },
            { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
            ...operation.variables,
        ],
        resources: {
            requests: { cpu: operationSize.cpuRequest, memory: operationSize.memoryRequest },
            limits: { cpu: operationSize.cpuLimit, memory: operationSize.memoryLimit },
        },
        terminationMessagePolicy: "FallbackToLogsOnError",
        securityContext: containerSecurity,
        volumeMounts: [
            { name: scriptsVolume.name, mountPath: "/operations", readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
            ...moreMounts,
        ],
    };
}

function database(settings: Context["settings"], { host, port }: Postgres): Variable[] {
    // A managed server always offers TLS, with a certificate of the operator's own.
    const mode = settings.postgresMode === "managed" ? "require" : settings.postgresSslMode;
    return [
        { name: "DATABASE", value: settings.postgresDatabase },
        { name: "DATABASE_OWNER", value: settings.postgresUser },
        { name: "PGHOST", value: host },
        { name: "PGPORT", value: String(port) },
        { name: "PGSSLMODE", value: mode },
        // The certificate authorities of the image.
        ...(mode === "verify-full" ? [{ name: "PGSSLROOTCERT", value: "system" }] : []),
        { name: "PGCONNECT_TIMEOUT", value: "10" },
    ];
}

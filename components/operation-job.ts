import type { batch as batchInputs, core as coreInputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessKey } from "./access-key";
import type { Context } from "./lib/context";
import { names, selectors } from "./lib/names";
import { containerSecurity, podSecurity } from "./lib/pod-security";
import { operationSize } from "./lib/quota";
import type { Postgres } from "./postgres";
import type { Role } from "./postgres-roles";

export type Variable = coreInputs.v1.EnvVar;

/** What one of the scripts of backup/scripts/ runs with. */
export interface Operation {
    /** Its pods are let through where those of this part are. */
    name: "backup" | "restore" | "drill" | "backupMetrics";
    objectName: string;
    command: string[];
    bucketVariables: Variable[];
    variables: Variable[];
    /** The live database, for those that come to it. */
    postgres?: Postgres;
    role?: Role;
    /** For S3, for those that come to it. */
    key?: AccessKey;
    /** Of the pod. */
    annotations?: Record<string, string>;
    /** A volume that is claimed for the pod, and goes with it. */
    scratch?: { mountPath: string; size: string; storageClass: string };
    /** What must be there before it runs. */
    dependsOn: pulumi.Resource[];
}

/** How a Job runs it. */
export interface Tries {
    backoffLimit: number;
    /** Seconds after its end when a Job goes, with its pod. */
    goesAfterSeconds?: number;
}

/** The user of CloudNativePG's images. */
export const postgresUser = 26;
/** What takes longer hangs. */
export const deadlineSeconds = 6 * 3600;
/** The exit code of a script for which another try would end the same way. */
const finalCode = 3;

export function operationJob(context: Context, operation: Operation, tries: Tries): batchInputs.v1.JobTemplateSpec {
    const template = operationPod(context, operation);
    return {
        metadata: { labels: template.metadata.labels },
        spec: {
            backoffLimit: tries.backoffLimit,
            activeDeadlineSeconds: deadlineSeconds,
            ...(tries.goesAfterSeconds ? { ttlSecondsAfterFinished: tries.goesAfterSeconds } : {}),
            podFailurePolicy: {
                rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [finalCode] } }],
            },
            template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } },
        },
    };
}

/** Where the scripts are. */
export const scriptsVolume = { name: "operations", configMap: { name: names.operations } };

/** The pod of a script. `more` is what its container has beyond the common. */
export function operationPod(context: Context, operation: Operation, more: Partial<coreInputs.v1.Container> = {}) {
    const { settings } = context;
    const { objectName, annotations, scratch } = operation;
    return {
        metadata: {
            labels: { ...context.metadata(objectName).labels, ...selectors[operation.name] },
            ...(annotations ? { annotations } : {}),
        },
        spec: {
            serviceAccountName: objectName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurity(postgresUser),
            imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
            containers: [{ ...operationContainer(context, operation), ...more }],
            volumes: [
                scriptsVolume,
                { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                ...(scratch ? [scratchVolume(scratch)] : []),
            ],
        },
    };
}

const scratchVolume = ({ size, storageClass }: NonNullable<Operation["scratch"]>): coreInputs.v1.Volume => ({
    name: "scratch",
    ephemeral: {
        volumeClaimTemplate: {
            spec: {
                accessModes: ["ReadWriteOnce"],
                ...(storageClass === "" ? {} : { storageClassName: storageClass }),
                resources: { requests: { storage: size } },
            },
        },
    },
});

export function operationContainer(
    { settings }: Context,
    operation: Operation,
    moreMounts: coreInputs.v1.VolumeMount[] = [],
): coreInputs.v1.Container {
    const { postgres, role, key } = operation;
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
            ...(postgres ? database(settings, postgres) : []),
            ...(role
                ? [
                      { name: "PGUSER", value: role.user },
                      fromSecret("PGPASSWORD", role.password.name, role.password.key),
                  ]
                : []),
            ...operation.bucketVariables,
            ...(key
                ? [
                      fromSecret("AWS_ACCESS_KEY_ID", key.secretName, "aws-access-key-id"),
                      fromSecret("AWS_SECRET_ACCESS_KEY", key.secretName, "aws-secret-access-key"),
                  ]
                : []),
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
            ...(operation.scratch ? [{ name: "scratch", mountPath: operation.scratch.mountPath }] : []),
            ...moreMounts,
        ],
    };
}

export const databaseNames = (settings: Context["settings"]): Variable[] => [
    { name: "DATABASE", value: settings.postgresDatabase },
    { name: "DATABASE_OWNER", value: settings.postgresUser },
];

function database(settings: Context["settings"], { host, port }: Postgres): Variable[] {
    // A managed server always offers TLS, with a certificate of the operator's own.
    const mode = settings.postgresMode === "managed" ? "require" : settings.postgresSslMode;
    return [
        ...databaseNames(settings),
        { name: "PGHOST", value: host },
        { name: "PGPORT", value: String(port) },
        { name: "PGSSLMODE", value: mode },
        // The certificate authorities of the image.
        ...(mode === "verify-full" ? [{ name: "PGSSLROOTCERT", value: "system" }] : []),
        { name: "PGCONNECT_TIMEOUT", value: "10" },
    ];
}

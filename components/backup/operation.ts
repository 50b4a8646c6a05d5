import type { batch as batchInputs, core as coreInputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Database } from "../database/database";
import type { Role } from "../database/roles";
import type { Credentials } from "../identity/credentials";
import { type Authorities, authorityMounts, authorityVolumes } from "../lib/authority";
import type { PodKind } from "../lib/flow";
import { disrupted, triedOnce, undisturbed } from "../lib/job";
import { labels } from "../lib/labels";
import { whereSet } from "../lib/placement";
import { containerSecurity, podTemplate, tokenMount, tokenVolume } from "../lib/pod";
import type { Cluster } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import type { Resolved } from "../parts";
import type { SecretKey } from "../secrets/secrets";
import { names } from "./names";
import { operationRequests } from "./settings";

export type Variable = coreInputs.v1.EnvVar;

/** What one of the scripts runs with. */
export interface Operation {
    /** Its name in the cluster, and that of its ServiceAccount. */
    name: string;
    /** The kind of its pods: NetworkPolicies let them through by it. */
    pods: PodKind;
    command: string[];
    /** The ConfigMap of its scripts, where that is not the one of backups. */
    scripts?: string;
    bucketVariables: Variable[];
    variables: Variable[];
    /** The live database, if it connects to it. */
    database?: Database;
    role?: Role;
    /** For S3, if it calls it. */
    key?: Credentials;
    /** What it seals and knows backups by, if it has to do with them. */
    sealKey?: SecretKey;
    /** Whether it calls the Kubernetes API, as its ServiceAccount. */
    callsKubernetes?: boolean;
    /** What it verifies by, beside the database. */
    authorities?: Authorities;
    /** Of the pod. */
    annotations?: Record<string, pulumi.Input<string>>;
    /** A volume that is claimed for the pod, and goes with it. */
    scratch?: { mountPath: string; size: string; storageClass: string };
    /** One key of a Secret as a file of that name in a folder; it follows the Secret, and is missing while that is. */
    file?: { secretName: pulumi.Input<string>; key: string; folder: string };
    /** What must be there before it runs. */
    ready: pulumi.Resource[];
}

/** For a script in a Job that an update waits for: how often it tries. A pod that ends with a failure is the last one then. */
export const tries: Variable = { name: "TRIES", value: "3" };

/** How a Job runs it. */
export interface Run {
    /** How often a new pod tries again. Not for a Job that an update waits for. */
    backoffLimit?: number;
    /** Seconds after its end when a Job goes, with its pod. */
    goesAfterSeconds?: number;
    /** Seconds that it may take at the most, where they are not those of backups and restores. */
    endsAfterSeconds?: number;
}

/** The user of CloudNativePG's images. */
export const operationUid = 26;
/** What takes longer hangs. */
export const deadlineSeconds = ({ operationsDeadlineHours }: Resolved) => operationsDeadlineHours * 3600;
/** The exit code of a script for which another try would end the same way. */
const finalCode = 3;

/** Of one pod. */
const resources = ({ operationsCpuLimit, operationsMemoryLimit }: Resolved) => ({
    requests: operationRequests,
    limits: { cpu: operationsCpuLimit, memory: operationsMemoryLimit },
});

const triedAgain = (backoffLimit: number) => ({
    backoffLimit,
    podFailurePolicy: {
        rules: [disrupted, { action: "FailJob", onExitCodes: { operator: "In", values: [finalCode] } }],
    },
});

export function operationJob(cluster: Cluster, operation: Operation, run: Run = {}): batchInputs.v1.JobTemplateSpec {
    const template = operationPod(cluster, {
        ...operation,
        annotations: { ...undisturbed, ...operation.annotations },
    });
    return {
        metadata: {
            labels: template.metadata.labels,
            ...whereSet({ annotations: cluster.settings.objectAnnotations }),
        },
        spec: {
            ...(run.backoffLimit ? triedAgain(run.backoffLimit) : triedOnce),
            activeDeadlineSeconds: run.endsAfterSeconds ?? deadlineSeconds(cluster.settings),
            ...(run.goesAfterSeconds ? { ttlSecondsAfterFinished: run.goesAfterSeconds } : {}),
            template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } },
        },
    };
}

/** Where the scripts are. */
export const scriptsVolume = { name: "operations", configMap: { name: names.scripts } };

/** Of 100,000 schemas, an operation keeps lists of up to 10 MiB there, packed; of up to 20,000 none. */
export const tmpVolume = { name: "tmp", emptyDir: { sizeLimit: "1Gi" } };

/** The pod of a script. `more` is what its container has beyond the common. */
export function operationPod(cluster: Cluster, operation: Operation, more: Partial<coreInputs.v1.Container> = {}) {
    const { name, pods, annotations, scratch, file, callsKubernetes, scripts = names.scripts } = operation;
    return podTemplate(cluster, {
        labels: { ...labels, ...pods.labels },
        annotations,
        account: name,
        uid: operationUid,
        containers: [{ ...operationContainer(cluster, operation), ...more }],
        volumes: [
            { ...scriptsVolume, configMap: { name: scripts } },
            tmpVolume,
            ...(scratch ? [scratchVolume(scratch)] : []),
            ...(file ? [fileVolume(file)] : []),
            ...authorityVolumes(authoritiesOf(operation)),
            ...(callsKubernetes ? [tokenVolume] : []),
            ...(operation.key?.volumes ?? []),
        ],
    });
}

const authoritiesOf = ({ database, authorities = [] }: Operation) => [database?.authority, ...authorities];

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

const fileVolume = ({ secretName, key }: NonNullable<Operation["file"]>): coreInputs.v1.Volume => ({
    name: "file",
    secret: { secretName, items: [{ key, path: key }], optional: true, defaultMode: 0o440 },
});

export function operationContainer(
    { settings }: Cluster,
    operation: Operation,
    moreMounts: coreInputs.v1.VolumeMount[] = [],
): coreInputs.v1.Container {
    const { database, role, key, sealKey } = operation;
    return {
        name: operation.name,
        image: settings.backupImage || settings.postgresImage,
        imagePullPolicy: "IfNotPresent",
        command: operation.command,
        env: [
            ...(database ? connection(settings, database) : []),
            ...(role ? [{ name: "PGUSER", value: role.user }, secretVariable("PGPASSWORD", role.password)] : []),
            ...operation.bucketVariables,
            ...(key?.env ?? []),
            ...(sealKey ? [secretVariable("SEAL_KEY", sealKey)] : []),
            { name: "AWS_EC2_METADATA_DISABLED", value: "true" },
            { name: "NAMESPACE", value: settings.namespace },
            { name: "HOME", value: "/tmp" },
            { name: "PYTHONDONTWRITEBYTECODE", value: "1" },
            ...operation.variables,
        ],
        resources: resources(settings),
        terminationMessagePolicy: "FallbackToLogsOnError",
        securityContext: containerSecurity,
        volumeMounts: [
            { name: scriptsVolume.name, mountPath: "/operations", readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
            ...(operation.scratch ? [{ name: "scratch", mountPath: operation.scratch.mountPath }] : []),
            ...(operation.file ? [{ name: "file", mountPath: operation.file.folder, readOnly: true }] : []),
            ...authorityMounts(authoritiesOf(operation)),
            ...(operation.callsKubernetes ? [tokenMount] : []),
            ...(key?.mounts ?? []),
            ...moreMounts,
        ],
    };
}

export const databaseNames = (settings: Resolved): Variable[] => [
    { name: "DATABASE", value: settings.postgresDatabase },
    { name: "DATABASE_OWNER", value: settings.postgresUser },
];

function connection(settings: Resolved, { host, port, sslMode, authority }: Database): Variable[] {
    // Without one, the certificate authorities of the image.
    const root = authority?.file ?? (sslMode === "verify-full" ? "system" : undefined);
    return [
        ...databaseNames(settings),
        { name: "PGHOST", value: host },
        { name: "PGPORT", value: String(port) },
        { name: "PGSSLMODE", value: sslMode },
        ...(root ? [{ name: "PGSSLROOTCERT", value: root }] : []),
        { name: "PGCONNECT_TIMEOUT", value: "10" },
    ];
}

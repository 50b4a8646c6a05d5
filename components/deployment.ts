import * as apps from "@pulumi/kubernetes/apps/v1";
import * as pulumi from "@pulumi/pulumi";
import { checksum, secretChecksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { names, ports, selectors } from "./lib/names";
import { containerSecurity, podSecurity } from "./lib/pod-security";
import { drainSeconds, minReadySeconds, progressSeconds, rolloutSeconds, terminationSeconds } from "./lib/rollout";
import type { Parts } from "./parts";
import type { Resolved } from "./resolve";
import type { SecretKey } from "./secrets";

/** The user of the app's image. */
const appUser = 10_001;

export function createDeployment(
    { settings, child, metadata, options }: Context,
    parts: Parts,
    yml: pulumi.Output<string>,
    dependsOn: pulumi.Resource[],
): apps.Deployment {
    const { secrets, storage, postgres, redis } = parts;
    const rollout = `${rolloutSeconds(settings)}s`;
    return new apps.Deployment(
        child("deployment"),
        {
            metadata: metadata(names.app, { labels: selectors.app }),
            spec: {
                replicas: settings.appReplicas,
                revisionHistoryLimit: 5,
                minReadySeconds,
                progressDeadlineSeconds: progressSeconds(settings),
                strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                selector: { matchLabels: selectors.app },
                template: {
                    metadata: {
                        labels: selectors.app,
                        annotations: {
                            "justdb.cloud/config": yml.apply(checksum),
                            "justdb.cloud/secrets": secretChecksum(knownSecrets(parts)),
                        },
                    },
                    spec: {
                        serviceAccountName: names.app,
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: podSecurity(appUser),
                        imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
                        terminationGracePeriodSeconds: terminationSeconds,
                        topologySpreadConstraints: [
                            spread("kubernetes.io/hostname"),
                            spread("topology.kubernetes.io/zone"),
                        ],
                        containers: [container(settings, environment(settings, parts))],
                        volumes: [
                            { name: "config", configMap: { name: names.config } },
                            { name: "logs", emptyDir: { sizeLimit: "1Gi" } },
                            { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
                        ],
                    },
                },
            },
        },
        options({
            dependsOn: [...dependsOn, ...secrets.created, storage.credentials, ...postgres.ready, ...redis.ready],
            // The provider's own ten minutes are too short for many pods, one after the other.
            customTimeouts: { create: rollout, update: rollout },
            // The autoscaler decides after the first deployment.
            ignoreChanges: ["spec.replicas"],
        }),
    );
}

/** Every secret of the pod that this stack knows. */
function knownSecrets({ secrets, storage }: Parts): pulumi.Output<string>[] {
    const own = [secrets.database, secrets.jwt, secrets.redis].flatMap(({ value }) => value ?? []);
    return [...own, storage.accessKeyId, storage.secretAccessKey];
}

const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selectors.app },
});

function environment(settings: Resolved, { secrets, storage }: Parts) {
    const fromSecret = (name: string, secret: SecretKey) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } },
    });
    const aws = (key: string): SecretKey => ({ name: names.awsCredentials, key });
    return [
        { name: "SPRING_PROFILES_ACTIVE", value: settings.environment },
        { name: "AWS_REGION", value: storage.schemas.region },
        ...(settings.otlpEndpoint === ""
            ? []
            : [{ name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: settings.otlpEndpoint }]),
        fromSecret("DB_PASSWORD", secrets.database),
        fromSecret("JWT_SECRET", secrets.jwt),
        fromSecret("REDIS_PASSWORD", secrets.redis),
        fromSecret("AWS_ACCESS_KEY_ID", aws("aws-access-key-id")),
        fromSecret("AWS_SECRET_ACCESS_KEY", aws("aws-secret-access-key")),
    ];
}

function container(s: Resolved, env: ReturnType<typeof environment>) {
    const get = (path: string) => ({ httpGet: { path, port: "http" } });
    return {
        name: names.app,
        image: s.appImage,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: "http", containerPort: ports.app, protocol: "TCP" }],
        env,
        resources: {
            requests: { cpu: s.appCpuRequest, memory: s.appMemoryRequest },
            limits: { cpu: s.appCpuLimit, memory: s.appMemoryLimit },
        },
        livenessProbe: {
            ...get("/health/live"),
            initialDelaySeconds: s.appLivenessDelaySeconds,
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: 3,
        },
        readinessProbe: {
            ...get("/health/ready"),
            initialDelaySeconds: s.appReadinessDelaySeconds,
            periodSeconds: 5,
            timeoutSeconds: 3,
            failureThreshold: 3,
        },
        // Done by the kubelet: the image needs no shell.
        lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
        securityContext: containerSecurity,
        volumeMounts: [
            { name: "config", mountPath: "/app/config", readOnly: true },
            { name: "logs", mountPath: "/app/logs" },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}

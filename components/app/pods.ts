import type * as pulumi from "@pulumi/pulumi";
import type { Role } from "../database/roles";
import { type Authorities, authorityAnnotations, authorityMounts, authorityVolumes } from "../lib/authority";
import { checksum, secretChecksum } from "../lib/checksum";
import { appPlacement } from "../lib/placement";
import { containerSecurity, podTemplate } from "../lib/pod";
import type { Cluster } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { membership } from "../mesh/pods";
import type { Resolved } from "../parts";
import { scrapeAnnotations } from "../sight/annotations";
import { appMetricsPath } from "../sight/names";
import { appPods, appPort, names } from "./names";
import { terminationSeconds } from "./rollout";
import type { Wiring } from "./wiring";

/** The user of the app's image. */
const appUid = 10_001;

/** The template of the app's pods, whatever makes them. */
export function appTemplate(cluster: Cluster, wiring: Wiring, yml: pulumi.Output<string>) {
    const { settings } = cluster;
    const mesh = membership(settings);
    const authorities = [wiring.database.authority, wiring.redis.authority, wiring.storage.authority?.trustStore];
    return podTemplate(cluster, {
        labels: { ...appPods.labels, ...mesh.labels },
        annotations: {
            "justdb.cloud/config": yml.apply(checksum),
            "justdb.cloud/secrets": secretChecksum(knownSecrets(wiring)),
            ...authorityAnnotations(authorities),
            ...scrapeAnnotations(settings, appPort, appMetricsPath),
            ...mesh.annotations,
        },
        account: names.app,
        uid: appUid,
        containers: [container(settings, environment(settings, wiring), wiring, authorities)],
        volumes: [
            ...wiring.credentials.volumes,
            { name: "config", configMap: { name: names.config } },
            { name: "logs", emptyDir: { sizeLimit: "1Gi" } },
            { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
            ...authorityVolumes(authorities),
            ...settings.appExtraVolumes,
        ],
        placement: appPlacement(settings),
        more: {
            terminationGracePeriodSeconds: terminationSeconds(settings),
            topologySpreadConstraints: [spread("kubernetes.io/hostname"), spread("topology.kubernetes.io/zone")],
        },
    });
}

/** Every secret of the pod that this stack knows. */
function knownSecrets({ secrets, credentials, database }: Wiring): pulumi.Output<string>[] {
    const own = [database.roles.login.password, secrets.jwt, secrets.redis].flatMap(({ value }) => value ?? []);
    return [...own, ...credentials.values];
}

const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: appPods.labels },
});

function environment(settings: Resolved, { secrets, credentials, storage, database }: Wiring) {
    return [
        { name: "SPRING_PROFILES_ACTIVE", value: settings.environment },
        { name: "JAVA_TOOL_OPTIONS", value: javaOptions(settings, storage) },
        { name: "AWS_REGION", value: storage.schemas.region },
        ...tracing(settings),
        ...login(settings, database.roles.login),
        secretVariable("DB_PASSWORD", database.roles.login.password),
        secretVariable("JWT_SECRET", secrets.jwt),
        secretVariable("REDIS_PASSWORD", secrets.redis),
        ...credentials.env,
        ...settings.appExtraEnv,
    ];
}

/** What Java trusts is for all connections of the program, but those that have authorities of their own. */
const javaOptions = ({ appJavaOptions }: Resolved, { authority }: Wiring["storage"]) =>
    authority
        ? `${appJavaOptions} -Djavax.net.ssl.trustStore=${authority.trustStore.file} -Djavax.net.ssl.trustStoreType=PKCS12`
        : appJavaOptions;

/**
 * Over the name in application.yml, which is that of the first generation. It stands beside the password, in the pod: a pod of before that
 * starts again while others are replaced reads the newest application.yml, and must find the name that its password is of.
 */
const login = ({ postgresUser }: Resolved, { user }: Role) =>
    user === postgresUser ? [] : [{ name: "SPRING_DATASOURCE_USERNAME", value: user }];

/** The variables that every SDK of OpenTelemetry reads. What it takes for granted without them differs from one to the next. */
function tracing({ otlpEndpoint, otlpProtocol, namespace, environment }: Resolved) {
    if (otlpEndpoint === "") return [];
    return [
        { name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: otlpEndpoint },
        { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: otlpProtocol },
        { name: "OTEL_SERVICE_NAME", value: names.app },
        {
            name: "OTEL_RESOURCE_ATTRIBUTES",
            value: `service.namespace=${namespace},deployment.environment.name=${environment}`,
        },
    ];
}

function container(
    s: Resolved,
    env: ReturnType<typeof environment>,
    { credentials }: Wiring,
    authorities: Authorities,
) {
    const get = (path: string) => ({ httpGet: { path, port: "http" } });
    return {
        name: names.app,
        image: s.appImage,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: "http", containerPort: appPort, protocol: "TCP" }],
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
        lifecycle: { preStop: { sleep: { seconds: s.drainSeconds } } },
        securityContext: containerSecurity,
        volumeMounts: [
            ...credentials.mounts,
            { name: "config", mountPath: "/app/config", readOnly: true },
            { name: "logs", mountPath: "/app/logs" },
            { name: "tmp", mountPath: "/tmp" },
            ...authorityMounts(authorities),
            ...s.appExtraVolumeMounts,
        ],
    };
}

import type { Problem } from "../config/error";
import type { Key, Resolved } from "../parts";

/** What the app's container and pod have of this stack's own. Another one of that name would take its place, or be refused in the middle of an update. */
const ownVariables = [
    "SPRING_PROFILES_ACTIVE",
    "JAVA_TOOL_OPTIONS",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_PROTOCOL",
    "OTEL_SERVICE_NAME",
    "OTEL_RESOURCE_ATTRIBUTES",
    "DB_PASSWORD",
    "JWT_SECRET",
    "REDIS_PASSWORD",
    "AWS_REGION",
    // Each way by which AWS's SDKs find credentials goes before or after another one.
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_ENDPOINT_URL_STS",
];
const ownVolumes = ["config", "logs", "tmp", "authorities", "aws-token"];
const ownPaths = ["/app/config", "/app/logs", "/tmp", "/authorities", "/var/run/secrets"];

/** Those that Pod Security's level "restricted" allows. */
const kinds = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

interface Named {
    name: unknown;
}

/** Accepted only as text. */
const nameOf = ({ name }: Named) => name as string;

export function extraChecks({ appExtraEnv, appExtraVolumes, appExtraVolumeMounts }: Resolved): Problem[] {
    const volumes = appExtraVolumes.map(nameOf);
    return [
        ...named("appExtraEnv", appExtraEnv.map(nameOf), ownVariables),
        ...named("appExtraVolumes", volumes, ownVolumes),
        ...appExtraVolumes.flatMap(({ name, ...source }) => kindProblem(name as string, Object.keys(source)[0]!)),
        ...appExtraVolumeMounts
            .map(nameOf)
            .filter((name) => !volumes.includes(name))
            .map((name) => ({
                key: "appExtraVolumeMounts",
                also: ["appExtraVolumes"],
                got: `${name}, which is not in appExtraVolumes`,
                allowed: "names of volumes in appExtraVolumes",
                fix: `add ${name} to appExtraVolumes, or take its mount out of appExtraVolumeMounts`,
            })),
        ...paths(appExtraVolumeMounts.map(({ mountPath }) => mountPath as string)),
    ];
}

/** Values are never shown: somebody may have put a secret into one. */
function named(key: Key, names: string[], own: string[]): Problem[] {
    const problem = (name: string, got: string, fix: string): Problem => ({
        key,
        got: `${name}, ${got}`,
        allowed: "names of your own, each once",
        fix,
    });
    const twice = names.filter((name, index) => names.indexOf(name) < index);
    return [
        ...names
            .filter((name) => own.includes(name))
            .map((name) =>
                problem(
                    name,
                    "which is the stack's own",
                    `take ${name} out of ${key}: other settings say what it holds`,
                ),
            ),
        ...[...new Set(twice)].map((name) => problem(name, "more than once", `take one ${name} out of ${key}`)),
    ];
}

function kindProblem(name: string, kind: string): Problem[] {
    if (kinds.includes(kind)) return [];
    return [
        {
            key: "appExtraVolumes",
            got: `${name}, of kind ${kind}`,
            allowed: `what Pod Security's level "restricted" allows, which the namespace enforces: ${kinds.join(", ")}`,
            fix: `claim storage by a persistentVolumeClaim, or use another of these kinds in place of ${kind}`,
        },
    ];
}

const isWithin = (path: string, folder: string) =>
    `${path.replace(/\/+$/, "")}/`.startsWith(`${folder.replace(/\/+$/, "")}/`);

function paths(mounts: string[]): Problem[] {
    const problem = (path: string, other: string): Problem => ({
        key: "appExtraVolumeMounts",
        got: `${path}, which hides ${other} or is hidden by it`,
        allowed: "paths of their own",
        fix: `mount the volume of ${path} elsewhere`,
    });
    return mounts.flatMap((path, index) => {
        const others = [...ownPaths, ...mounts.slice(0, index)];
        const other = others.find((one) => isWithin(path, one) || isWithin(one, path));
        return other === undefined ? [] : [problem(path, other)];
    });
}

import assert from "node:assert/strict";
import { check } from "../../../../components/config/resolve";
import { type Key, schema } from "../../../../components/parts";

/** What looks good, and is refused only by the system that it is for, in the middle of an update. */
const refused: [system: string, key: Key, values: unknown[]][] = [
    ["Kubernetes' own namespaces", "namespace", ["default", "kube-system", "kube-public"]],
    ["the API server, for a path", "edgePath", ["//", "/api//v1", "/api/..", "/../api", "/./api", "/api/."]],
    ["the API server, for a list that it keeps by name", "imagePullSecrets", [["registry", "other", "registry"]]],
    [
        "the API server, for a toleration",
        "tolerations",
        [[{ key: "dedicated", value: "just db" }], [{ key: "dedicated", value: "x".repeat(64) }]],
    ],
    [
        "the API server, for a variable that names no source",
        "appExtraEnv",
        [
            { secretKeyRef: { name: "license" } },
            { secretKeyRef: { name: "", key: "key" } },
            { configMapKeyRef: { key: "key" } },
            { fieldRef: {} },
            { resourceFieldRef: { containerName: "app" } },
        ].map((valueFrom) => [{ name: "LICENSE", valueFrom }]),
    ],
    [
        "the API server, for a volume that names no source",
        "appExtraVolumes",
        [
            { secret: { name: "license" } },
            { configMap: { configMapName: "company" } },
            { persistentVolumeClaim: { name: "files" } },
            { csi: {} },
            { ephemeral: {} },
        ].map((source) => [{ name: "company", ...source }]),
    ],
    [
        "the API server, for a mount with a field that it does not know",
        "appExtraVolumeMounts",
        [[{ name: "company", mountPath: "/etc/ssl/company", readonly: true }]],
    ],
    ["CronJob", "backupSchedule", ["@Daily", "@WEEKLY"]],
    ["PostgreSQL, for a role", "postgresUser", ["public", "none"]],
    ["name servers, for an address with a mistake in it", "postgresHost", ["10.0.0.256", "10.0.0", "10.0.0.1.2"]],
    ["name servers, for an address of Redis", "redisHost", ["999.0.0.1", "6379"]],
    [
        "S3, for a bucket",
        "schemasBucketName",
        ["amzn-s3-demo-bucket", "sthree-schemas", "schemas-s3alias", "schemas--use1-az4--x-s3", "schemas--ol-s3"],
    ],
    [
        "clients, for an address of a service",
        "otlpEndpoint",
        [
            "http://collector:4317\n",
            "http://\tcollector",
            "http:///collector",
            "http://collector?",
            "http://@collector",
        ],
    ],
    [
        "whoever reads an alert, for a link",
        "runbooksUrl",
        ["https://me:secret@git.example.com/runbooks", "https://git.example.com/runbooks?at=main", "https://h/a#b"],
    ],
    [
        "the calendar, for a moment",
        "restoreFrom",
        ["2026-13-01T04:00:00Z", "2026-02-30T04:00:00Z", "2026-01-31T25:00:00Z", "2026-01-31T04:00:00+99:00"].map(
            (time) => `s3://acme-backups/${time}`,
        ),
    ],
];

const accepted: [key: Key, values: unknown[]][] = [
    ["namespace", ["justdb", "default-apps", "my-kube-tools"]],
    ["edgePath", ["/", "/api/", "/api/v1.2/", "/..api", "/api..", "/.well-known"]],
    ["imagePullSecrets", [[], ["registry", "other"]]],
    ["tolerations", [[{ key: "dedicated", value: "" }], [{ key: "a.b/c", operator: "Equal", value: "justdb_1.x" }]]],
    [
        "appExtraEnv",
        [
            [{ name: "LICENSE", valueFrom: { secretKeyRef: { name: "license", key: "key", optional: true } } }],
            [{ name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
            [{ name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } }],
        ],
    ],
    [
        "appExtraVolumes",
        [
            [{ name: "cache", emptyDir: {} }],
            [{ name: "labels", downwardAPI: { items: [] } }],
            [{ name: "license", secret: { secretName: "license", optional: true } }],
            [{ name: "all", projected: { sources: [{ secret: { name: "license" } }] } }],
        ],
    ],
    [
        "appExtraVolumeMounts",
        [[{ name: "company", mountPath: "/etc/ssl/company", subPath: "ca.pem", recursiveReadOnly: "Disabled" }]],
    ],
    ["backupSchedule", ["@daily", "0 8 * * MON-FRI", "0 8 * Jan sun"]],
    ["postgresUser", ["justdb", "public_api"]],
    ["postgresHost", ["10.0.0.25", "fd00::1", "postgres", "3.example.com", "db-1.eu-central-1.rds.amazonaws.com"]],
    ["schemasBucketName", ["acme-justdb-schemas", "s3alias-of-acme"]],
    ["otlpEndpoint", ["http://collector:4317", "http://collector:4317/", "http://[fd00::1]:4317"]],
    ["runbooksUrl", ["https://git.example.com/@data/runbooks", "http://localhost:8080"]],
    ["restoreFrom", ["s3://acme-backups/2028-02-29T23:59:59.5+05:30"]],
];

describe("a value that its system would refuse", () => {
    for (const [system, key, values] of refused) {
        it(`${key}: is refused before ${system}`, () => {
            for (const value of values) {
                const [problem] = check({ [key]: value });
                assert.equal(problem?.key, key, JSON.stringify(value));
                assert.equal(problem.allowed, schema[key].allowed);
            }
        });
    }

    for (const [key, values] of accepted) {
        it(`${key}: is not one that looks like it`, () => {
            for (const value of values) assert.ok(schema[key].accepts(value), JSON.stringify(value));
        });
    }
});

import type { Break } from "../break";
import type { Given } from "../judge";

const configMap = (): Given => ({
    type: "kubernetes:core/v1:ConfigMap",
    props: {
        metadata: { name: "app", namespace: "team", labels: { app: "app" } },
        data: { "application.yml": "spring:\n  datasource:\n    password: ${DB_PASSWORD}\n", LOG_LEVEL: "info" },
    },
});

const rule = "secret-in-config-map";
const common = { rule, fixture: configMap, absent: "fine" as const };

export const breaks: Break[] = [
    {
        ...common,
        title: "a password by its key",
        at: ["data", "db-password"],
        field: "data.db-password",
        value: "hunter2",
    },
    {
        ...common,
        title: "a password in a file",
        at: ["data", "application.yml"],
        field: 'data["application.yml"]',
        value: "spring:\n  datasource:\n    password: hunter2\n",
    },
    {
        ...common,
        title: "a private key",
        at: ["data", "id"],
        field: "data.id",
        value: "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n",
    },
    {
        ...common,
        title: "a properties file in binaryData",
        at: ["binaryData", "app"],
        field: "binaryData.app",
        value: Buffer.from("user=app\npassword=hunter2\n").toString("base64"),
    },
];

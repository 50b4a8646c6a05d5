import type { Break } from "../break";
import type { Given } from "../judge";

const release = (): Given => ({
    type: "kubernetes:helm.sh/v3:Release",
    props: {
        name: "redis",
        namespace: "team",
        chart: "oci://registry.example.com/charts/redis",
        version: "20.1.3",
        values: { auth: { enabled: true, existingSecret: "redis-auth", existingSecretPasswordKey: "password" } },
    },
});

const common = { rule: "secret-in-helm-values", fixture: release, absent: "fine" as const };

export const breaks: Break[] = [
    {
        ...common,
        title: "a password",
        at: ["values", "auth", "password"],
        field: "values.auth.password",
        value: "hunter2",
    },
    {
        ...common,
        title: "the password of the repository",
        at: ["repositoryOpts", "password"],
        field: "repositoryOpts.password",
        value: "hunter2",
    },
    {
        ...common,
        title: "a password in a file",
        at: ["values", "config"],
        field: "values.config",
        value: "requirepass hunter2",
    },
];

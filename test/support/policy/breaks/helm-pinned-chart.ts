import type { Break } from "../break";
import type { Given } from "../judge";

const release = (): Given => ({
    type: "kubernetes:helm.sh/v3:Release",
    props: {
        name: "redis",
        namespace: "team",
        chart: "redis",
        version: "20.1.3",
        repositoryOpts: { repo: "https://charts.example.com" },
        values: {},
    },
});
const oci = (): Given => ({
    type: "kubernetes:helm.sh/v3:Release",
    props: { name: "redis", namespace: "team", chart: "oci://registry.example.com/charts/redis", version: "20.1.3" },
});

const rule = "helm-pinned-chart";
const version = { rule, at: ["version"], field: "version", absent: "wrong" as const };

export const breaks: Break[] = [
    { ...version, title: "a range", fixture: release, value: "^20.1.3" },
    { ...version, title: "a wildcard", fixture: release, value: "20.x" },
    { ...version, title: "a range in an OCI registry", fixture: oci, value: ">=20" },
    {
        rule,
        title: "a repository without TLS",
        fixture: release,
        at: ["repositoryOpts", "repo"],
        value: "http://charts.example.com",
        field: "repositoryOpts.repo",
        absent: "wrong",
    },
    {
        rule,
        title: "an archive without TLS",
        fixture: oci,
        at: ["chart"],
        value: "http://charts.example.com/redis-20.1.3.tgz",
        field: "chart",
        absent: "fine",
    },
];

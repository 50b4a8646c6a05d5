// For each rule a stack that keeps it and one that breaks it, which its page shows: of a rule about one resource by a break of its
// tests, of a rule about the stack from here.
import { allBreaks } from "./all-breaks";
import { put } from "./break";
import { bucket, companion } from "./buckets";
import { deny, textOf } from "./documents";
import { type Given, type Props, secret } from "./judge";
import { podResource } from "./pods";

export interface Example {
    keeps: Given[];
    breaks: Given[];
    config?: Props;
}

const object = (type: string, spec: Props, name = "app"): Given => ({
    type: `kubernetes:${type}`,
    name,
    props: { metadata: { name, namespace: "team" }, spec },
});
const app = (more: Props = {}): Given => {
    const given = podResource("Deployment");
    return { ...given, name: "app", props: { ...given.props, spec: { ...(given.props.spec as Props), ...more } } };
};
const ofApp = { matchLabels: { app: "app" } };
const policy = (spec: Props) =>
    object("networking.k8s.io/v1:NetworkPolicy", { policyTypes: ["Ingress", "Egress"], ...spec }, "policy");
const files = bucket();
const logs = bucket({}, "Bucket", "logs");
const logging = (of: Given) => companion(of, "BucketLogging", { targetBucket: "logs-1a2b3c" });
const tlsOnly = deny({
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::files-1a2b3c", "arn:aws:s3:::files-1a2b3c/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
});
const block = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const release = (props: Props): Given => ({ type: "kubernetes:helm.sh/v3:Release", name: "redis", props });
const key = (props: Props): Given => ({ type: "aws:iam/accessKey:AccessKey", name: "key", props });
const outputs = (props: Props): Given => ({ type: "pulumi:pulumi:Stack", name: "app-prod", props });
const password: Given = {
    type: "random:index/randomPassword:RandomPassword",
    name: "password",
    props: { result: secret("Xk39fLq0ZbT7mWv2Rn8Y") },
};
const weak: Given = { type: "random:index/randomString:RandomString", name: "weak", props: { result: "k3jd92ks" } };
const secretOf = (value: string): Given => ({
    type: "kubernetes:core/v1:Secret",
    name: "app",
    props: { metadata: { name: "app", namespace: "team" }, stringData: { password: secret(value) } },
});
const configMap = (data: Props): Given => ({
    type: "kubernetes:core/v1:ConfigMap",
    name: "app",
    props: { metadata: { name: "app", namespace: "team" }, data },
});
const namespace: Given = { type: "kubernetes:core/v1:Namespace", name: "team", props: { metadata: { name: "team" } } };
const listener = (name: string, protocol: string, port: number) => ({ name, protocol, port });
const gateway = object(
    "gateway.networking.k8s.io/v1:Gateway",
    { listeners: [listener("http", "HTTP", 80), listener("https", "HTTPS", 443)] },
    "edge",
);
const route = (sectionName: string) =>
    object("gateway.networking.k8s.io/v1:HTTPRoute", {
        parentRefs: [{ name: "edge", sectionName }],
        rules: [{ backendRefs: [{ name: "app", port: 80 }] }],
    });
const budget = object("policy/v1:PodDisruptionBudget", { maxUnavailable: 1, selector: ofApp });
const service = (selector: Props) => object("core/v1:Service", { selector, ports: [{ port: 80 }] });

const ofStacks: Record<string, Example> = {
    "helm-release": {
        keeps: [release({ chart: "redis", manifest: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n" })],
        breaks: [release({ chart: "redis", repositoryOpts: { repo: "https://charts.example.com" } })],
    },
    "iam-user-key": {
        keeps: [key({ status: "Inactive", createDate: "2023-03-31T12:00:00Z" })],
        breaks: [key({ status: "Active", createDate: "2023-03-31T12:00:00Z" })],
    },
    "s3-access-logs": { keeps: [files, logs, logging(files)], breaks: [files] },
    "s3-encryption": {
        keeps: [files, companion(files, "BucketServerSideEncryptionConfiguration", { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] })],
        breaks: [files],
    },
    "s3-lifecycle": {
        keeps: [files, companion(files, "BucketLifecycleConfiguration", { rules: [{ id: "old", status: "Enabled" }] })],
        breaks: [files],
    },
    "s3-public-access-block": { keeps: [files, companion(files, "BucketPublicAccessBlock", block)], breaks: [files] },
    "s3-tls-only": { keeps: [files, companion(files, "BucketPolicy", { policy: textOf(tlsOnly) })], breaks: [files] },
    "s3-versioning": {
        keeps: [files, companion(files, "BucketVersioning", { versioningConfiguration: { status: "Enabled" } })],
        breaks: [files],
    },
    "secret-in-output": { keeps: [outputs({ dbPassword: secret("hunter2") })], breaks: [outputs({ dbPassword: "hunter2" })] },
    "secret-random-flow": { keeps: [password, secretOf("Xk39fLq0ZbT7mWv2Rn8Y")], breaks: [weak, secretOf("k3jd92ks")] },
    "stack-dangling-selector": { keeps: [app(), service({ app: "app" })], breaks: [app(), service({ app: "ap" })] },
    "stack-default-deny": { keeps: [app(), policy({ podSelector: {} })], breaks: [app(), policy({ podSelector: ofApp })] },
    "stack-disruption-budget": { keeps: [app({ replicas: 2 }), budget], breaks: [app({ replicas: 2 })] },
    "stack-namespace-limits": {
        keeps: [
            namespace,
            object("core/v1:ResourceQuota", { hard: { pods: "10" } }),
            object("core/v1:LimitRange", { limits: [{ type: "Container" }] }),
        ],
        breaks: [namespace],
    },
    "stack-plain-http": { keeps: [gateway, route("https")], breaks: [gateway, route("http")] },
    "stack-pod-network": { keeps: [app(), policy({ podSelector: ofApp })], breaks: [app(), policy({ podSelector: { matchLabels: { app: "ap" } } })] },
    "stack-secret-flow": {
        keeps: [password, secretOf("Xk39fLq0ZbT7mWv2Rn8Y"), configMap({ "app.yml": "password: ${DB_PASSWORD}" })],
        breaks: [password, configMap({ "app.yml": "password: Xk39fLq0ZbT7mWv2Rn8Y" })],
    },
    "workload-replicas": { keeps: [app({ replicas: 2 })], breaks: [app({ replicas: 1 })] },
    "workload-spread": { keeps: [app()], breaks: [put(app(), ["spec", "template", "spec", "topologySpreadConstraints"], [])] },
}; // prettier-ignore

/** In a Pod, where a rule is about pods: it is the shortest. */
function ofBreak(rule: string): Example | undefined {
    const own = allBreaks.filter((it) => it.rule === rule);
    const chosen = own.find(({ title }) => title.endsWith("(Pod)")) ?? own[0];
    if (!chosen) return undefined;
    const { fixture, at, value, config } = chosen;
    return { keeps: [fixture()], breaks: [put(fixture(), at, value)], config };
}

export const exampleOf = (rule: string): Example | undefined => ofStacks[rule] ?? ofBreak(rule);

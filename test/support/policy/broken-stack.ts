// A program that breaks at least one rule of each family.
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v3";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";

export const brokenNamespace = "policy-broken";

/** What no message may show. */
export const literal = "correct-horse-battery-9";

const metadata = (name: string) => ({ name, namespace: brokenNamespace });

export function brokenStack(): Promise<void> {
    new core.Namespace("team", { metadata: { name: brokenNamespace } });
    new core.Pod("pod", {
        metadata: { ...metadata("pod"), labels: { app: "pod" } },
        spec: { containers: [{ name: "app", image: "nginx:latest", securityContext: { privileged: true } }] },
    });
    new core.ConfigMap("config", { metadata: metadata("config"), data: { DB_PASSWORD: literal } });
    new core.Service("service", {
        metadata: metadata("service"),
        spec: { type: "NodePort", selector: { app: "pod" }, ports: [{ port: 80 }] },
    });
    new networking.Ingress("ingress", {
        metadata: metadata("ingress"),
        spec: {
            defaultBackend: { service: { name: "service", port: { number: 80 } } },
            rules: [{ host: "*.shop.com" }],
        },
    });
    new rbac.ClusterRole("role", { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] });
    new s3.BucketPublicAccessBlock("open", { bucket: new s3.Bucket("bucket").bucket, blockPublicAcls: false });
    const policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
    new iam.UserPolicy("all", { user: new iam.User("user").name, policy });
    new kms.Key("key", { enableKeyRotation: false });
    return Promise.resolve();
}

/** A Helm release hides what it installs. It stands alone, as the sandbox's provider has no such type. */
export function hiddenStack(): Promise<void> {
    new helm.Release("release", {
        chart: "redis",
        version: ">=1.0.0",
        namespace: brokenNamespace,
        repositoryOpts: { repo: "https://charts.example.com" },
    });
    return Promise.resolve();
}

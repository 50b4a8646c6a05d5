import assert from "node:assert/strict";
import { load } from "js-yaml";
import { at, type Resources } from "./resources";

/** What the deployment guide asks for, value by value, and none of its mistakes, in what is planned for the stack prod. */
export function describeGuide(planProd: () => Promise<Resources>): void {
    let planned: Promise<Resources> | undefined;
    const prodPlan = () => (planned ??= planProd());
    describe("the guide's values in prod", () => describeValues(prodPlan));
    describe("none of the guide's mistakes in prod", () => describeMistakes(prodPlan));
}

function describeValues(planProd: () => Promise<Resources>): void {
    let prod: Resources;
    before(async () => {
        prod = await planProd();
    });

    const asks = (name: string, values: Record<string, unknown>) => {
        for (const [path, value] of Object.entries(values)) {
            it(`${name}: ${path} is ${JSON.stringify(value)}`, () => {
                assert.deepEqual(prod.at(name, path), value);
            });
        }
    };

    asks("justdb-namespace", {
        "metadata.name": "justdb-cloud",
        "metadata.labels.[pod-security.kubernetes.io/enforce]": "restricted",
        "metadata.labels.[pod-security.kubernetes.io/audit]": "restricted",
        "metadata.labels.[pod-security.kubernetes.io/warn]": "restricted",
    });

    const pod = "spec.template.spec";
    const container = `${pod}.containers.0`;
    asks("justdb-deployment", {
        "metadata.name": "justdb-cloud",
        "metadata.namespace": "justdb-cloud",
        "metadata.labels.app": "justdb-cloud",
        "spec.replicas": 3,
        "spec.strategy": { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        "spec.selector": { matchLabels: { app: "justdb-cloud" } },
        "spec.template.metadata.labels.app": "justdb-cloud",
        [`${container}.image`]: "justdb/cloud:1.0.0",
        [`${container}.ports`]: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
        [`${container}.env.0`]: { name: "SPRING_PROFILES_ACTIVE", value: "prod" },
        [`${container}.resources`]: {
            requests: { memory: "512Mi", cpu: "500m" },
            limits: { memory: "2Gi", cpu: "2000m" },
        },
        [`${container}.livenessProbe`]: {
            httpGet: { path: "/health/live", port: "http" },
            initialDelaySeconds: 60,
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: 3,
        },
        [`${container}.readinessProbe`]: {
            httpGet: { path: "/health/ready", port: "http" },
            initialDelaySeconds: 30,
            periodSeconds: 5,
            timeoutSeconds: 3,
            failureThreshold: 3,
        },
        [`${container}.volumeMounts.0`]: { name: "config", mountPath: "/app/config", readOnly: true },
        [`${container}.volumeMounts.1`]: { name: "logs", mountPath: "/app/logs" },
        [`${pod}.volumes.0`]: { name: "config", configMap: { name: "justdb-config" } },
        [`${pod}.volumes.1`]: { name: "logs", emptyDir: { sizeLimit: "1Gi" } },
    });

    asks("justdb-service", {
        "metadata.name": "justdb-cloud",
        "spec.type": "LoadBalancer",
        "spec.selector": { app: "justdb-cloud" },
        "spec.ports": [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
        // Which the required controller takes, and that of EKS alone refuses.
        "spec.sessionAffinity": "ClientIP",
    });

    asks("justdb-autoscaler", {
        apiVersion: "autoscaling/v2",
        "metadata.name": "justdb-cloud-hpa",
        "spec.scaleTargetRef": { apiVersion: "apps/v1", kind: "Deployment", name: "justdb-cloud" },
        "spec.minReplicas": 3,
        "spec.maxReplicas": 10,
        "spec.metrics": [
            { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
            { type: "Resource", resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } } },
        ],
        "spec.behavior.scaleDown.stabilizationWindowSeconds": 300,
    });

    asks("justdb-monitor", {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        "metadata.name": "justdb-cloud",
        "metadata.namespace": "justdb-cloud",
        "spec.endpoints": [{ port: "http", path: "/actuator/prometheus", interval: "30s" }],
    });

    const hikari = "spring.datasource.hikari";
    const yml = {
        "server.port": 8080,
        "spring.application.name": "JustDB Cloud",
        // And verifies the server, which the guide leaves out.
        "spring.datasource.url":
            "jdbc:postgresql://justdb-postgres:5432/justdb?sslmode=verify-full&sslrootcert=/authorities/postgres.pem",
        "spring.datasource.username": "justdb",
        "spring.datasource.password": "${DB_PASSWORD}",
        [`${hikari}.maximum-pool-size`]: 20,
        [`${hikari}.minimum-idle`]: 5,
        [`${hikari}.connection-timeout`]: 30000,
        [`${hikari}.idle-timeout`]: 600000,
        [`${hikari}.max-lifetime`]: 1800000,
        [`${hikari}.connection-test-query`]: "SELECT 1",
        [`${hikari}.register-mbeans`]: true,
        "spring.data.redis.host": "justdb-redis",
        "spring.data.redis.port": 6379,
        "spring.data.redis.password": "${REDIS_PASSWORD}",
        "spring.cache.type": "caffeine",
        // And counts what it is asked for, which the guide leaves out.
        "spring.cache.caffeine.spec": "maximumSize=1000,expireAfterWrite=5m,recordStats",
        "management.endpoints.web.exposure.include": "health,info,prometheus",
        "justdb.api.jwt.secret": "${JWT_SECRET}",
        "justdb.api.jwt.expiration": 86400,
        "justdb.api.api-key.default-expiry": 90,
        "justdb.api.api-key.min-length": 32,
        "justdb.execution.async.enabled": true,
        "justdb.execution.async.thread-pool-size": 10,
        "justdb.execution.async.queue-capacity": 100,
    };
    for (const [path, value] of Object.entries(yml)) {
        it(`application.yml: ${path} is ${JSON.stringify(value)}`, () => {
            const text = prod.at("justdb-config", "data.[application.yml]") as string;
            assert.deepEqual(at(load(text), path), value);
        });
    }

    it("all secrets of the pod are references", () => {
        const env = prod.at("justdb-deployment", `${container}.env`) as { name: string; valueFrom?: unknown }[];
        const references = Object.fromEntries(env.filter((e) => e.valueFrom).map((e) => [e.name, e.valueFrom]));
        const from = (name: string, key: string) => ({ secretKeyRef: { name, key } });
        assert.deepEqual(references, {
            DB_PASSWORD: from("justdb-secrets", "db-password"),
            JWT_SECRET: from("justdb-secrets", "jwt-secret"),
            REDIS_PASSWORD: from("justdb-secrets", "redis-password"),
            AWS_ACCESS_KEY_ID: from("aws-credentials", "aws-access-key-id"),
            AWS_SECRET_ACCESS_KEY: from("aws-credentials", "aws-secret-access-key"),
        });
    });
}

function describeMistakes(planProd: () => Promise<Resources>): void {
    let prod: Resources;
    before(async () => {
        prod = await planProd();
    });

    const text = () => JSON.stringify(prod.resources.map((resource) => resource.inputs));

    it("no default for a secret in application.yml", () => {
        assert.doesNotMatch(prod.at("justdb-config", "data.[application.yml]") as string, /\$\{[^}]*:/);
    });

    it("no hard-coded secret of the guide", () => {
        assert.doesNotMatch(text(), /your-secret-key|cG9zc3dvcm|cGVucmVyd|Base64Encoded/);
    });

    it("no probe timing inside httpGet", () => {
        for (const probe of ["livenessProbe", "readinessProbe"]) {
            const get = prod.at("justdb-deployment", `spec.template.spec.containers.0.${probe}.httpGet`);
            assert.deepEqual(Object.keys(get as object).sort(), ["path", "port"]);
        }
    });

    it("no matchLabels in a Service's selector", () => {
        for (const service of prod.all("kubernetes:core/v1:Service")) {
            assert.equal(at(service.inputs, "spec.selector.matchLabels"), undefined);
        }
    });

    it("no PodSecurityPolicy, and no capability added", () => {
        assert.doesNotMatch(text(), /PodSecurityPolicy|CHOWN|NET_BIND_SERVICE|"add"/);
    });

    /** Whom the app may call at a port. */
    const appCalls = (port: number) => {
        const rules = prod.at("justdb-network-app", "spec.egress") as { to: unknown[]; ports: { port: number }[] }[];
        return rules.find(({ ports }) => ports.some((one) => one.port === port))?.to;
    };

    it("no policy type but Ingress and Egress, and DNS is allowed", () => {
        const policies = prod.all("kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const types = policies.flatMap(({ inputs }) => at(inputs, "spec.policyTypes") as string[]);
        assert.deepEqual([...new Set(types)].sort(), ["Egress", "Ingress"]);
        assert.ok(appCalls(53));
    });

    it("pods are selected by their own labels, not by a label of their namespace", () => {
        assert.deepEqual(appCalls(5432), [{ podSelector: { matchLabels: { "cnpg.io/cluster": "justdb-db" } } }]);
    });

    it("no property that Spring does not have", () => {
        const yml = prod.at("justdb-config", "data.[application.yml]") as string;
        assert.doesNotMatch(yml, /hikaric|metric-tracker|metrics: true/);
    });
}

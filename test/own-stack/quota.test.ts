import { resolve } from "../../components/config/resolve";
import { quota } from "../../components/namespace/quota";
import { demands } from "../../components/parts";
import { apply, kubectl, versions } from "../../sandbox";
import { podsReady, removeNamespaces } from "../support/cluster";

const namespace = "quota-lab";
const replicas = 10;

/** What the namespace of a stack with ten pods of the app may hold. */
const hard = quota(demands(resolve({ environment: "dev", appReplicas: 1, appMaxReplicas: replicas }, "justdb")));

const container = (name: string, cpu: string) => ({
    name,
    image: versions.images.pause,
    resources: { requests: { cpu: "1m", memory: "4Mi" }, limits: { cpu, memory: "2Gi" } },
});

/** Pods with the limits of the app's, which need next to nothing. */
const deployment = (...containers: object[]) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "app", namespace },
    spec: {
        replicas,
        strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 0 } },
        selector: { matchLabels: { app: "app" } },
        template: {
            metadata: { labels: { app: "app" } },
            spec: { terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers },
        },
    },
});

async function rollOut(...containers: object[]): Promise<void> {
    await apply([deployment(...containers)]);
    await kubectl(["-n", namespace, "rollout", "status", "deployment/app", "--timeout=120s"]);
    await podsReady("app=app", replicas, namespace);
}

describe("the quota, on a real API server", () => {
    before(async () => {
        await apply([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "quota", namespace }, spec: { hard } },
        ]);
        await rollOut(container("app", "2"));
    });

    after(() => removeNamespaces(namespace));

    it("lets ten pods with a limit be replaced by ten with a smaller one", () => rollOut(container("app", "1")));

    it("lets a mesh add a sidecar to each of them", () => rollOut(container("app", "1"), container("proxy", "2")));
});

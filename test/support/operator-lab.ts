// The operator of CloudNativePG on a bare cluster, as the component installs it, and the project's program beside it.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createScope } from "../../components/lib/scope";
import { createOperator } from "../../components/database/operator";
import { resolve } from "../../components/config/resolve";
import { sandboxStack, waitFor } from "../../sandbox";
import { startBareCluster, type BareCluster } from "./bare-cluster";
import type { KubeObject } from "./cluster";
import { writeOperatorChart } from "./operator-chart";
import { pulumi as pulumiCommand } from "./pulumi-up";
import { forget } from "./test-stack";

export const operatorNamespace = "cnpg-system";

/** Without what the operator's plugin does. The time-out of archives is then given up too, which is its default. */
export const noArchive = { "justdb-cloud:postgresArchive": "false", "justdb-cloud:archiveTimeoutSeconds": "300" };

/** Without the Prometheus operator, which is not there either. The time between scrapes is then given up too. */
export const noMonitors = {
    "justdb-cloud:metricsScrape": "annotations",
    "justdb-cloud:metricsIntervalSeconds": "30",
    "justdb-cloud:redisMetrics": "true",
};

/** The buckets of the project's program on the bare cluster. */
export const bareBuckets = {
    "justdb-cloud:schemasBucketName": "bare-cluster-schemas",
    "justdb-cloud:backupsBucketName": "bare-cluster-backups",
};

/** The operator alone, as JustDbCloud installs it: nothing else would become ready on a cluster without a node. */
class Operator extends pulumi.ComponentResource {
    constructor(provider: pulumi.ProviderResource, chart: string) {
        super("test:index:Operator", "lab", {}, { providers: [provider] });
        const args = { environment: "dev", postgresInstallOperator: true, postgresOperatorChart: chart } as const;
        createOperator(createScope(this, "lab", resolve(args, "lab")));
    }
}

/** Each has a cluster of its own: what an earlier one had made is in none. */
const forgetAll = () => forget("bare", "bare-operator", "operator-lab");

export class OperatorLab {
    private constructor(
        readonly bare: BareCluster,
        /** Its folder. */
        readonly chart: string,
    ) {}

    static async open(): Promise<OperatorLab> {
        const chart = await writeOperatorChart();
        await forgetAll();
        return new OperatorLab(await startBareCluster(), chart);
    }

    async close(): Promise<void> {
        await this.bare.stop();
        await forgetAll();
    }

    async list(kind: string, ...options: string[]): Promise<KubeObject[]> {
        const answer = await this.bare.kubectl(["get", kind, ...options, "-o", "json"]);
        return (JSON.parse(answer) as { items: KubeObject[] }).items;
    }

    async names(kind: string, ...options: string[]): Promise<string[]> {
        return (await this.list(kind, ...options)).map(({ metadata }) => metadata.name).sort();
    }

    /** The project's program for the bare cluster, without the rest of what the sandbox's stack asks for. */
    forBare(config: Record<string, string> = {}) {
        return {
            settingsOf: sandboxStack,
            config: { "kubernetes:kubeconfig": this.bare.kubeconfig, ...bareBuckets, ...config },
        };
    }

    /** What is there of the operator. */
    async installed() {
        return {
            definitions: (await this.names("crd")).filter((name) => name.endsWith(".postgresql.cnpg.io")),
            deployments: await this.names("deployments", "-n", operatorNamespace),
            policies: await this.names("networkpolicies", "-n", operatorNamespace),
        };
    }

    /** Installs the operator. Returns what the engine said. */
    up(): Promise<string> {
        const program = () => {
            const { kubeconfig } = this.bare;
            const provider = new kubernetes.Provider("bare", { kubeconfig, upsertExistingObjects: true });
            new Operator(provider, this.chart);
            return Promise.resolve({});
        };
        return pulumiCommand("up", "operator-lab", program, ["--yes", "--skip-preview"]);
    }

    /** Plays scheduler and kubelet for the operator's pod. That there is one says that Pod Security let it in. */
    async runPod(): Promise<void> {
        let name = "";
        const node = { apiVersion: "v1", kind: "Node", metadata: { name: "bare" } };
        await this.bare.kubectl(["create", "-f", "-"], JSON.stringify(node));
        await waitFor("the operator's pod", 60_000, async () => {
            [name = ""] = await this.names("pods", "-n", operatorNamespace);
            return name !== "" || (await this.bare.kubectl(["get", "events", "-A"]));
        });
        const target = { apiVersion: "v1", kind: "Node", name: "bare" };
        const binding = { apiVersion: "v1", kind: "Binding", metadata: { name }, target };
        const binds = `/api/v1/namespaces/${operatorNamespace}/pods/${name}/binding`;
        await this.bare.kubectl(["create", "--raw", binds, "-f", "-"], JSON.stringify(binding));
        const podIPs = [{ ip: "10.99.0.9" }];
        const conditions = [{ type: "Ready", status: "True" }];
        const status = { phase: "Running", podIP: podIPs[0]!.ip, podIPs, conditions };
        const patch = ["--subresource=status", "--type=merge", "-p", JSON.stringify({ status })];
        await this.bare.kubectl(["-n", operatorNamespace, "patch", "pod", name, ...patch]);
    }
}

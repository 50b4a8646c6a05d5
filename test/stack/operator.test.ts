import assert from "node:assert/strict";
import * as path from "node:path";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import * as kubernetes from "@pulumi/kubernetes";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import { createContext } from "../../components/lib/context";
import { operatorFlows } from "../../components/network-flows";
import { createOperator } from "../../components/operator";
import { resolve } from "../../components/resolve";
import { policyPack, repoDir, sandboxStack, waitFor, withStack } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { startBareCluster, type BareCluster } from "../support/bare-cluster";
import type { KubeObject } from "../support/cluster";
import { writeOperatorChart } from "../support/operator-chart";
import { pulumi as pulumiCommand } from "../support/pulumi-up";

const operatorNamespace = "cnpg-system";
let bare: BareCluster;
let chart: string;

async function buckets(): Promise<string[]> {
    const { Buckets = [] } = await new S3Client(clientSettings()).send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => Name!).sort();
}

async function list(kind: string, ...options: string[]): Promise<KubeObject[]> {
    return (JSON.parse(await bare.kubectl(["get", kind, ...options, "-o", "json"])) as { items: KubeObject[] }).items;
}

const namesOf = async (kind: string, ...options: string[]) =>
    (await list(kind, ...options)).map(({ metadata }) => metadata.name).sort();

/** The project's program for the bare cluster, without the rest of what the sandbox's stack asks for. */
const forBare = (config: Record<string, string> = {}) => ({
    settingsOf: sandboxStack,
    config: { "kubernetes:kubeconfig": bare.kubeconfig, ...config },
});

/** Without what the operator's plugin does. The time-out of archives is then given up too, which is its default. */
const noArchive = { "justdb-cloud:postgresArchive": "false", "justdb-cloud:archiveTimeoutSeconds": "300" };

/** The operator alone, as JustDbCloud installs it: nothing else would become ready on a cluster without a node. */
class Operator extends pulumi.ComponentResource {
    constructor(provider: pulumi.ProviderResource) {
        super("test:index:Operator", "lab", {}, { providers: [provider] });
        const args = { environment: "dev", postgresInstallOperator: true, postgresOperatorChart: chart } as const;
        createOperator(createContext(this, "lab", resolve(args, "lab")));
    }
}

const program = () => {
    const provider = new kubernetes.Provider("bare", { kubeconfig: bare.kubeconfig, upsertExistingObjects: true });
    new Operator(provider);
    return Promise.resolve({});
};

/** Plays scheduler and kubelet for the operator's pod. That there is one says that Pod Security let it in. */
async function runPod(): Promise<void> {
    let name = "";
    const node = { apiVersion: "v1", kind: "Node", metadata: { name: "bare" } };
    await bare.kubectl(["create", "-f", "-"], JSON.stringify(node));
    await waitFor("the operator's pod", 60_000, async () => {
        [name = ""] = await namesOf("pods", "-n", operatorNamespace);
        return name !== "" || (await bare.kubectl(["get", "events", "-A"]));
    });
    const target = { apiVersion: "v1", kind: "Node", name: "bare" };
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name }, target };
    const binds = `/api/v1/namespaces/${operatorNamespace}/pods/${name}/binding`;
    await bare.kubectl(["create", "--raw", binds, "-f", "-"], JSON.stringify(binding));
    const podIPs = [{ ip: "10.99.0.9" }];
    const conditions = [{ type: "Ready", status: "True" }];
    const status = { phase: "Running", podIP: podIPs[0]!.ip, podIPs, conditions };
    const patch = ["--subresource=status", "--type=merge", "-p", JSON.stringify({ status })];
    await bare.kubectl(["-n", operatorNamespace, "patch", "pod", name, ...patch]);
}

/** Each run has a cluster of its own: what an earlier one had made is in none. */
async function forget(): Promise<void> {
    for (const name of ["bare", "bare-operator", "operator-lab"]) {
        await withStack(name, (stack) => stack.workspace.removeStack(name, { force: true }), {
            settingsOf: sandboxStack,
        });
    }
}

const up = () => pulumiCommand("up", "operator-lab", program, ["--yes", "--skip-preview"]);

describe("a cluster without the database operator", () => {
    before(async () => {
        chart = await writeOperatorChart();
        bare = await startBareCluster();
        await forget();
    });

    after(async () => {
        await bare.stop();
        await forget();
    });

    for (const command of ["preview", "up"] as const) {
        it(`stops ${command} before anything is made, and says what is missing and what to do`, async () => {
            const before = { buckets: await buckets(), namespaces: await namesOf("namespaces") };
            let output = "";
            const made: string[] = [];
            const onEvent = ({ resourcePreEvent }: EngineEvent) => {
                const { urn = "", op } = resourcePreEvent?.metadata ?? {};
                if (op === "create") made.push(urn.split("::").at(-1)!);
            };
            const options = { onEvent, onOutput: (text: string) => (output += text) };
            const run = withStack<unknown>("bare", (stack) => stack[command](options), forBare());
            await assert.rejects(run);
            assert.match(output, /the operator of CloudNativePG, which runs PostgreSQL, is not installed/);
            assert.match(output, /postgresql\.cnpg\.io\/v1\/Cluster/);
            assert.match(
                output,
                /the plugin barman-cloud of CloudNativePG, which archives the database, is not installed/,
            );
            assert.match(output, /pulumi config set postgresArchive false/);
            assert.match(output, /pulumi config set postgresInstallOperator true/);
            assert.match(output, /helm install cnpg oci:/);
            assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, "a stack trace");
            const allowed = ["justdb", "justdb-requirements", "justdb-cloud-bare"];
            assert.deepEqual(
                made.filter((name) => !allowed.includes(name) && !name.startsWith("default_")),
                [],
            );
            assert.deepEqual({ buckets: await buckets(), namespaces: await namesOf("namespaces") }, before);
        });
    }

    it("plans the operator where asked for, judged by the policies with the exemptions that it needs", async () => {
        const policyPackConfigs = [path.join(repoDir, "policy-config-operator.json")];
        let output = "";
        const onOutput = (text: string) => (output += text);
        const config = {
            ...noArchive,
            "justdb-cloud:postgresInstallOperator": "true",
            "justdb-cloud:postgresOperatorChart": chart,
        };
        await withStack(
            "bare-operator",
            (stack) => stack.preview({ ...policyPack, policyPackConfigs, onOutput }),
            forBare(config),
        ).catch((error: Error) => assert.fail(`${error.message}\n${output}`));
        assert.match(output, /clusters\.postgresql\.cnpg\.io/);
        assert.deepEqual(output.match(/^.*\[(?:mandatory|advisory)\][^]{0,500}/gm) ?? [], []);
    });

    it("gets it, and keeps it with the definitions when the stack is destroyed", async () => {
        const [output] = await Promise.all([up(), runPod()]);
        assert.match(output, /created/);
        const kept = async () => ({
            definitions: (await namesOf("crd")).filter((name) => name.endsWith(".postgresql.cnpg.io")),
            deployments: await namesOf("deployments", "-n", operatorNamespace),
            policies: await namesOf("networkpolicies", "-n", operatorNamespace),
        });
        const installed = await kept();
        assert.ok(installed.definitions.includes("clusters.postgresql.cnpg.io"));
        assert.equal(installed.deployments.length, 1);
        // Default deny, and one for each flow.
        assert.equal(installed.policies.length, 1 + operatorFlows(resolve({ environment: "dev" }, "lab")).length);

        await withStack("operator-lab", (stack) => stack.destroy(), { settingsOf: sandboxStack });
        assert.deepEqual(await kept(), installed);
        const [{ metadata }] = (await list("namespaces", "--field-selector", `metadata.name=${operatorNamespace}`)) as [
            KubeObject,
        ];
        assert.equal(metadata.deletionTimestamp, undefined);

        // A stack that is made again takes it over, and from now on the check of one that does not ask for it passes.
        await up();
        await withStack("bare", (stack) => stack.preview(), forBare(noArchive));
    });
});

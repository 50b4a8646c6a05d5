import assert from "node:assert/strict";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { operatorFlows } from "../../components/database/flows";
import { resolve } from "../../components/config/resolve";
import { policies as policiesOf } from "../../components/network/policies";
import { withStack } from "../../sandbox";
import { clientSettings } from "../support/aws";
import { bareBuckets, OperatorLab } from "../support/operator-lab";

/** Those that the lab's stacks would make. */
async function buckets(): Promise<string[]> {
    const { Buckets = [] } = await new S3Client(clientSettings()).send(new ListBucketsCommand({}));
    const names = Buckets.map(({ Name }) => Name!);
    return names.filter((name) => Object.values(bareBuckets).includes(name));
}

/** Judged by the policies, and destroyed: test/faults/stack/operator.test.ts. */
describe("a cluster without the database operator", () => {
    let lab: OperatorLab;
    before(async () => {
        lab = await OperatorLab.open();
    });
    after(() => lab.close());

    for (const command of ["preview", "up"] as const) {
        it(`stops ${command} before anything is made, and says what is missing and what to do`, async () => {
            const namespaces = await lab.names("namespaces");
            let output = "";
            const made: string[] = [];
            const onEvent = ({ resourcePreEvent }: EngineEvent) => {
                const { urn = "", op } = resourcePreEvent?.metadata ?? {};
                if (op === "create") made.push(urn.split("::").at(-1)!);
            };
            const options = { onEvent, onOutput: (text: string) => (output += text) };
            const run = withStack<unknown>("bare", (stack) => stack[command](options), lab.forBare());
            await assert.rejects(run);
            assert.match(output, /the operator of CloudNativePG, which runs PostgreSQL, is not installed/);
            assert.match(output, /postgresql\.cnpg\.io\/v1\/Cluster/);
            assert.match(
                output,
                /the plugin barman-cloud of CloudNativePG, which archives the database, is not installed/,
            );
            assert.match(output, /the Prometheus operator, or its ServiceMonitor, is not installed/);
            assert.match(output, /pulumi config set metricsScrape annotations/);
            assert.match(output, /pulumi config set postgresArchive false/);
            assert.match(output, /pulumi config set postgresInstallOperator true/);
            assert.match(output, /helm install cnpg oci:/);
            assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, "a stack trace");
            const allowed = ["justdb", "justdb-requirements", "justdb-cloud-bare"];
            assert.deepEqual(
                made.filter((name) => !allowed.includes(name) && !name.startsWith("default_")),
                [],
            );
            assert.deepEqual(await buckets(), []);
            assert.deepEqual(await lab.names("namespaces"), namespaces);
        });
    }

    it("gets it", async () => {
        const [output] = await Promise.all([lab.up(), lab.runPod()]);
        assert.match(output, /created/);
        const { definitions, deployments, policies } = await lab.installed();
        assert.ok(definitions.includes("clusters.postgresql.cnpg.io"));
        assert.equal(deployments.length, 1);
        // Default deny, and one for each flow.
        const allowed = policiesOf(operatorFlows(resolve({ environment: "dev" }, "lab")));
        assert.equal(policies.length, allowed.length);
    });
});

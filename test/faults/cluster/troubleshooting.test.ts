import assert from "node:assert/strict";
import { apply as applyObjects, kubectl, stopMetricsServer, waitFor } from "../../../sandbox";
import { serves } from "../../support/app";
import { removeNamespaces } from "../../support/cluster";
import { Runbook } from "../../support/runbook";
import { forget } from "../../support/test-stack";
import { stack, troubles } from "../../support/troubles";

const { namespace } = stack;
const runbook = new Runbook("troubleshooting.md", stack);

/** Each entry of the page, by its own commands, on what it is about. */
describe("troubleshooting: the commands of the runbook show what is wrong", function () {
    this.timeout(600_000);

    before(async () => {
        await stack.up();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopMetricsServer();
    });

    it("has an entry here for each that it has", () => {
        const titles = new Set([...troubles.map(([title]) => title), "Terminating"]);
        assert.deepEqual([...titles].sort(), runbook.titles.sort());
    });

    it("first of all", async () => {
        assert.match(await runbook.run(""), /justdb-cloud-\S+ +1\/1 +Running[^]*"status":"UP"/);
    });

    troubles.forEach(([title, trouble], index) => {
        it(`${title}${troubles.findIndex(([of]) => of === title) < index ? ", another cause" : ""}`, async () => {
            try {
                await trouble.cause();
                await waitFor(`what "${title}" shows`, 180_000, async () => {
                    const { values, forwarded } = trouble;
                    const output = await runbook.run(title, { values, forwarded });
                    const missing = trouble.shows.filter((pattern) => !pattern.test(output));
                    return missing.length === 0 || `${missing.join(", ")} not in:\n${output}`;
                });
            } finally {
                await trouble.undo();
            }
            await kubectl(["-n", namespace, "rollout", "status", "deployment/justdb-cloud", "--timeout=180s"]);
            await serves(namespace);
        });
    });

    it("Terminating", async () => {
        const held = "justdb-troubled-ending";
        const metadata = { name: "held", namespace: held, finalizers: ["example.com/nobody"] };
        await applyObjects([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: held } },
            { apiVersion: "v1", kind: "ConfigMap", metadata },
        ]);
        await kubectl(["delete", "namespace", held, "--wait=false"]);
        const of = new Runbook("troubleshooting.md", { name: stack.name, namespace: held });
        await waitFor("what holds it", 60_000, async () => {
            const output = await of.run("Terminating");
            return (/NamespaceFinalizersRemaining/.test(output) && /configmap\/held/.test(output)) || output;
        });
        const none = JSON.stringify({ metadata: { finalizers: null } });
        await kubectl(["-n", held, "patch", "configmap", "held", "--type=merge", "-p", none]);
        await removeNamespaces(held);
    });
});

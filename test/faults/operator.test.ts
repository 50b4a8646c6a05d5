import assert from "node:assert/strict";
import { sandboxStack, withStack } from "../../sandbox";
import type { KubeObject } from "../support/cluster";
import { noArchive, noMonitors, OperatorLab, operatorNamespace } from "../support/operator-lab";

describe("the database operator that a stack has installed", () => {
    let lab: OperatorLab;
    before(async () => {
        lab = await OperatorLab.open();
    });
    after(() => lab.close());

    it("stays with its definitions when the stack is destroyed", async () => {
        await Promise.all([lab.up(), lab.runPod()]);
        const installed = await lab.installed();
        assert.ok(installed.definitions.includes("clusters.postgresql.cnpg.io"));
        await withStack("operator-lab", (stack) => stack.destroy(), { settingsOf: sandboxStack });
        assert.deepEqual(await lab.installed(), installed);
        const [{ metadata }] = (await lab.list(
            "namespaces",
            "--field-selector",
            `metadata.name=${operatorNamespace}`,
        )) as [KubeObject];
        assert.equal(metadata.deletionTimestamp, undefined);

        // A stack that is made again takes it over, and from now on the check of one that does not ask for it passes.
        await lab.up();
        await withStack("bare", (stack) => stack.preview(), lab.forBare({ ...noArchive, ...noMonitors }));
    });
});

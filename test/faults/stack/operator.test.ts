import assert from "node:assert/strict";
import * as path from "node:path";
import { policyPack, repoDir, sandboxStack, withStack } from "../../../sandbox";
import type { KubeObject } from "../../support/cluster";
import { noArchive, noMonitors, OperatorLab, operatorNamespace } from "../../support/operator-lab";

describe("the database operator that a stack has installed", () => {
    let lab: OperatorLab;
    before(async () => {
        lab = await OperatorLab.open();
    });
    after(() => lab.close());

    it("is planned where asked for, judged by the policies with the exemptions that it needs", async () => {
        const policyPackConfigs = [path.join(repoDir, "policy-config-operator.json")];
        let output = "";
        const onOutput = (text: string) => (output += text);
        const config = {
            ...noArchive,
            ...noMonitors,
            "justdb-cloud:postgresInstallOperator": "true",
            "justdb-cloud:postgresOperatorChart": lab.chart,
        };
        await withStack(
            "bare-operator",
            (stack) => stack.preview({ ...policyPack, policyPackConfigs, onOutput }),
            lab.forBare(config),
        ).catch((error: Error) => assert.fail(`${error.message}\n${output}`));
        assert.match(output, /clusters\.postgresql\.cnpg\.io/);
        assert.deepEqual(output.match(/^.*\[(?:mandatory|advisory)\][^]{0,500}/gm) ?? [], []);
    });

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

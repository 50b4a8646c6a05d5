import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import { forced, takenOver } from "../../../../components/lib/takeover";
import { repoDir } from "../../../../tools/lib/paths";
import { plan } from "../../../support/mocks";
import type { Registered } from "../../../support/mocks-monitor";

const annotations = ({ inputs }: Registered) =>
    (inputs.metadata as { annotations?: Record<string, string> } | undefined)?.annotations ?? {};

describe("takeover", () => {
    it("marks every object but the namespace, whichever the settings are", async () => {
        const archive = "s3://lab-backups/archive/justdb-db-0123abcd/latest";
        const plans = await Promise.all([
            plan({ postgresInstallOperator: true }),
            plan({ restoreFrom: archive }),
            plan({ restoreFrom: "s3://lab-backups/latest", environment: "dev" }),
        ]);
        for (const { type, name, ...resource } of plans.flatMap(({ resources }) => resources)) {
            if (!type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh/")) continue;
            if (name === "justdb-namespace") continue;
            const given = Object.entries(annotations({ type, name, ...resource }));
            const missing = Object.entries(takenOver).filter(
                ([key, value]) => !given.some(([k, v]) => k === key && v === value),
            );
            // Under another manager, what the program ignores would be left to nobody.
            const expected = resource.ignoreChanges.length > 0 ? ["pulumi.com/patchFieldManager"] : [];
            assert.deepEqual(
                missing.map(([key]) => key),
                expected,
                name,
            );
        }
    });

    it("marks the objects of the charts", async () => {
        const made = await plan({ postgresInstallOperator: true });
        assert.deepEqual(made.at("justdb-operator", "values.commonAnnotations"), takenOver);
        const file = path.join(repoDir, "components/database/chart/templates/cluster.yaml");
        const [, text] = /^  annotations:\n([^]*?)\n\w/m.exec(fs.readFileSync(file, "utf8"))!;
        const given = load(text!.replace(/\{\{.*?\}\}/g, "")) as Record<string, string>;
        for (const [key, value] of Object.entries(takenOver)) assert.equal(given[key], value, key);
    });

    it("leaves the replicas to the autoscaler: nobody's manager but its own may set them", async () => {
        const deployment = (await plan({})).get("justdb-deployment");
        assert.deepEqual(deployment.ignoreChanges, ["spec.replicas"]);
        assert.deepEqual(annotations(deployment), forced);
    });
});

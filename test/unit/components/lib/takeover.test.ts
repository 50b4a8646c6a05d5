import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { forced, takenOver } from "../../../../components/lib/takeover";
import { repoDir } from "../../../../tools/lib/paths";
import { plan } from "../../../support/mocks";
import type { Registered } from "../../../support/mocks-monitor";

const annotations = ({ inputs }: Registered) =>
    (inputs.metadata as { annotations?: Record<string, string> } | undefined)?.annotations ?? {};

describe("takeover", () => {
    it("marks every object but the namespace, whichever the settings are", async () => {
        const all = [
            { postgresInstallOperator: true },
            { restoreFrom: "s3://acme-backups/justdb-db-89abcdef/latest" },
            { restoreFrom: "s3://acme-backups/latest", environment: "dev" },
        ] as const;
        for (const args of all) {
            for (const resource of (await plan(args)).resources) {
                const { type, name, ignoreChanges } = resource;
                if (!type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh/")) continue;
                if (name === "justdb-namespace") continue;
                // Under another manager, what the program ignores would be left to nobody.
                const expected = ignoreChanges.length > 0 ? forced : takenOver;
                const given = Object.entries(annotations(resource)).filter(([key]) => key in takenOver);
                assert.deepEqual(Object.fromEntries(given), expected, name);
            }
        }
    });

    it("marks the objects of the charts", async () => {
        const made = await plan({ postgresInstallOperator: true });
        assert.deepEqual(made.at("justdb-operator", "values.commonAnnotations"), takenOver);
        const file = path.join(repoDir, "components/database/chart/templates/cluster.yaml");
        const [metadata] = fs.readFileSync(file, "utf8").split("\nspec:");
        for (const [key, value] of Object.entries(takenOver)) {
            assert.match(metadata!, new RegExp(`^    ${key}: "?${value}"?$`, "m"));
        }
    });

    it("leaves the replicas to the autoscaler: nobody's manager but its own may set them", async () => {
        const deployment = (await plan({})).get("justdb-deployment");
        assert.deepEqual(deployment.ignoreChanges, ["spec.replicas"]);
        assert.deepEqual(annotations(deployment), forced);
    });
});

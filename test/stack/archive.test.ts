import { waitFor } from "../../sandbox";
import { isTrue } from "../support/archive";
import { get, list } from "../support/cluster";

/** What can be recovered from it: test/faults/stack/archive.test.ts. */
describe("the stack's database", () => {
    it("is archived continuously, from a base backup on", async () => {
        await waitFor("the archive", 120_000, async () => {
            const cluster = await get("clusters.postgresql.cnpg.io", "justdb-db");
            return isTrue(cluster, "ContinuousArchiving") || "nothing is archived yet";
        });
        await waitFor("the first base backup", 120_000, async () => {
            const phases = (await list("backups.postgresql.cnpg.io")).map(({ status }) => String(status?.phase));
            return phases.includes("completed") || `the backups are ${phases.join(", ") || "not there"}`;
        });
    });
});

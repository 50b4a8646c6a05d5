import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const job = "justdb-postgres-settled";

/** One of its fields. */
const at = async (args: JustDbCloudArgs, path: string) => (await plan(args)).at(job, path);

async function variable(args: JustDbCloudArgs, name: string): Promise<string | undefined> {
    const env = (await at(args, "spec.template.spec.containers.0.env")) as { name: string; value?: string }[];
    return env.find((one) => one.name === name)?.value;
}

describe("the Job that waits for the database", () => {
    it("comes after the Cluster, and before what uses the database", async () => {
        const made = await plan({});
        assert.ok(waitsFor(made.get(job), "justdb-postgres"));
        for (const name of ["justdb-base-backups", "justdb-migrations", "justdb-deployment"]) {
            assert.ok(waitsFor(made.get(name), job), name);
        }
    });

    it("is another one when the Cluster becomes another one, and for nothing else", async () => {
        const nameFor = (args: JustDbCloudArgs) => at(args, "metadata.name");
        const name = await nameFor({});
        assert.match(String(name), /^justdb-db-settled-[0-9a-f]{10}$/);
        assert.notEqual(await nameFor({ postgresMemory: "4Gi" }), name);
        assert.notEqual(await nameFor({ postgresArchive: false }), name);
        assert.equal(await nameFor({ redisMemory: "512Mi" }), name);
    });

    it("looks for what stands on the pods by the chart's values", async () => {
        const checksum = (await plan({})).at("justdb-postgres", "values.checksum");
        assert.equal(await variable({}, "CHECKSUM"), checksum);
    });

    it("may look at its Cluster and at pods, and at nothing else", async () => {
        assert.deepEqual((await plan({})).at("justdb-postgres-settled-role", "rules"), [
            {
                apiGroups: ["postgresql.cnpg.io"],
                resources: ["clusters"],
                resourceNames: ["justdb-db"],
                verbs: ["get"],
            },
            { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
        ]);
        assert.equal(await at({}, "spec.template.spec.serviceAccountName"), "justdb-db-settled");
    });

    it("waits longer where a whole database is copied", async () => {
        assert.equal(await variable({}, "PATIENCE_SECONDS"), "1800");
        const postgresUpgradeFrom = "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie";
        assert.equal(await variable({ postgresUpgradeFrom }, "PATIENCE_SECONDS"), "14400");
        const hurried = { postgresUpgradeFrom, operationsDeadlineHours: 1 };
        assert.ok(Number(await at(hurried, "spec.activeDeadlineSeconds")) > 14_400, "its end is its own");
    });

    it("is not there with an external server", async () => {
        const address = { postgresHost: "db.example.com", postgresCidrs: ["10.0.0.0/24"] };
        const made = await plan({ postgresMode: "external", ...address, postgresExistingSecret: "db" });
        assert.equal(made.has(job), false);
    });
});

import assert from "node:assert/strict";
import type { PreviewOptions } from "@pulumi/pulumi/automation";
import { sandboxStack, versions } from "../../sandbox";
import { makePlan } from "../support/plan";
import { at, Resources } from "../support/resources";

const image = versions.images.postgres;
const next = versions.next.postgres;

/** A plan of the stack with another image. */
const planned = (config: Record<string, string>, options: PreviewOptions = {}) =>
    makePlan(
        sandboxStack,
        options,
        Object.fromEntries(Object.entries(config).map(([key, value]) => [`justdb-cloud:${key}`, value])),
    );

/** With a real upgrade: test/faults/own-stack/postgres-upgrade.test.ts. */
describe("an image of another major version for the stack's database", () => {
    it("is refused in a preview, before anything else, with what to do", async () => {
        let output = "";
        const onOutput = (text: string) => (output += text);
        await assert.rejects(planned({ postgresImage: next }, { onOutput }));
        assert.match(output, /another major version of PostgreSQL than the database/);
        assert.ok(output.includes(`pulumi config set postgresUpgradeFrom ${image}`), output);
        assert.doesNotMatch(output, /justdb-postgres:justdb-cloud/, "the database's chart was planned");
    });

    it("is planned when it is told from which, with an archive of its own for what comes after", async () => {
        const plan = await planned({ postgresImage: next, postgresUpgradeFrom: image });
        const made = new Resources(plan.planned);
        const { spec, metadata } = made.get("justdb-postgres:justdb-cloud/justdb-db").inputs;
        assert.equal(at(spec, "imageName"), next);
        assert.equal(at(spec, "plugins.0.parameters.serverName"), "justdb-db-pg17");
        assert.equal(at(metadata, "annotations[justdb-cloud/archive-server-before]"), "justdb-db");
        // It is replaced, so there are two steps of it.
        const baseBackups = made.all("kubernetes:postgresql.cnpg.io/v1:ScheduledBackup");
        assert.match(String(at(baseBackups.at(-1)!.inputs, "metadata.name")), /^justdb-db-.{8}-pg17$/);
    });
});

import assert from "node:assert/strict";
import { quota } from "../../../../components/namespace/quota";
import { demands } from "../../../../components/parts";
import { resolve } from "../../../../components/config/resolve";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { environmentOf } from "../../../support/operations";

const guard = "justdb-restore-guard";
const pod = "spec.template.spec";
const archive = "s3://acme-backups/justdb-db-89abcdef";

describe("the guard before a recovery from an archive", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ restoreFrom: `${archive}/latest` });
    });

    it("stands where restoreFrom names an archive, and nowhere else", async () => {
        for (const restoreFrom of ["", "s3://acme-backups/latest"]) {
            assert.equal((await plan({ restoreFrom })).has(guard), false, restoreFrom);
        }
        assert.equal((await plan({ environment: "dev", restoreFrom: `${archive}/latest` })).has(guard), true);
    });

    it("comes before the database, and before all of an archive that could change", () => {
        for (const name of [
            "justdb-archive-name",
            "justdb-archive",
            "justdb-archive-user",
            "justdb-archive-source",
            "justdb-postgres",
        ]) {
            assert.ok(waitsFor(made.get(name), guard), name);
        }
        for (const name of ["justdb-network-restore", "justdb-operations"]) {
            assert.ok(waitsFor(made.get(guard), name), name);
        }
    });

    it("has a hash of what is restored in its name, is made again when it failed, and for nothing else", async () => {
        const name = made.at(guard, "metadata.name") as string;
        assert.match(name, /^justdb-restore-guard-[0-9a-f]{10}$/);
        const other = await plan({ restoreFrom: `${archive}/2026-01-31T04:00:00Z` });
        assert.notEqual(other.at(guard, "metadata.name"), name);
        assert.equal(made.at(guard, "metadata.annotations.[pulumi.com/replaceUnready]"), "true");
        assert.deepEqual(made.get(guard).ignoreChanges, ["spec"]);
        assert.equal(made.at(guard, "spec.backoffLimit"), 0);
    });

    it("asks for the database's Service, with no key, in a pod that may ask the DNS", () => {
        assert.deepEqual(made.at(guard, `${pod}.containers.0.command`), ["python3", "/operations/database_gone.py"]);
        const { DATABASE_SERVICE, NAMESPACE, ...others } = environmentOf(made, guard, pod);
        assert.deepEqual([DATABASE_SERVICE, NAMESPACE], ["justdb-postgres", "justdb-cloud"]);
        assert.deepEqual(
            Object.values(others).filter((value) => typeof value !== "string"),
            [],
            "no Secret",
        );
        assert.equal(made.at(guard, "spec.template.metadata.labels.app"), "justdb-restore");
        assert.equal(made.at(guard, `${pod}.serviceAccountName`), guard);
        assert.equal(made.at("justdb-restore-guard-account", "automountServiceAccountToken"), false);
    });

    it("has room: it is over before the Job that restores what an archive does not hold", () => {
        const of = (restoreFrom: string) => quota(demands(resolve({ restoreFrom }, "justdb")));
        assert.deepEqual(of(`${archive}/latest`), of(""));
        const { requests, limits } = made.at(guard, `${pod}.containers.0.resources`) as Record<string, object>;
        const size = made.at("justdb-restore-from", `${pod}.containers.0.resources`);
        assert.deepEqual({ requests, limits }, size);
    });
});

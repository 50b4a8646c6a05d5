import assert from "node:assert/strict";
import { kubectl } from "../../../sandbox";
import { back, next, running, takeBackLastChange, up, upFails } from "../../support/app-update";
import { get, namespace, sql } from "../../support/cluster";
import { commandIn, shell } from "../../support/migrations";

/** In this order: the second one is about what the first one has made. */
describe("migrations of the stack", () => {
    before(takeBackLastChange);
    after(back);

    it("that find a lock left behind give the command that frees it, and go on after it", async () => {
        const gone = "justdb-migrations-0000000000-gone0 (10.244.0.99)";
        await sql(`UPDATE databasechangeloglock SET locked = true, lockedby = '${gone}', lockgranted = now()`);
        const message = await upFails(/left behind by justdb-migrations-0000000000-gone0/);
        await shell(commandIn(message));
        await up();
        assert.equal(await running(), next);
        assert.equal(await sql("SELECT to_regclass('audit_logs_api_key_id')"), "audit_logs_api_key_id");
    });

    it("are not run again by an update that changes nothing of them", async () => {
        const jobs = () => kubectl(["-n", namespace, "get", "jobs", "-l", "app=justdb-migrations", "-o", "name"]);
        const uid = async () => (await get("job", (await jobs()).trim().replace(/.*\//, ""))).metadata.uid;
        const before = await uid();
        await up();
        assert.equal(await uid(), before);
    });
});

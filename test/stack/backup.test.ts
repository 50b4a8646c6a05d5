import assert from "node:assert/strict";
import { jobEnds, secretValue, startJob } from "../../sandbox";
import { whileUnknown } from "../support/aws";
import * as b from "../support/backups";
import { namespace } from "../support/cluster";
import { backUp, bucketOfSchemas, fill, losesAllAndRestores, refuses, unload } from "../support/total-loss";

const load = { rows: 5000, objects: 100 };

/** With more in it, killed, damaged and disturbed: test/faults/stack/backup.test.ts. */
describe("backup and restore", () => {
    b.withoutSchedules();

    before(() => fill(load));

    after(unload);

    afterEach(() => b.dropKept());

    it("brings back every row and object of the snapshot, byte for byte, after all is lost", () =>
        losesAllAndRestores(load));

    it("waits for an access key that S3 does not know yet", async () => {
        const key = await secretValue(namespace, "justdb-backup", "aws-access-key-id");
        const job = await whileUnknown(key, async () => {
            const started = await startJob("justdb-backup", {}, namespace, { backoffLimit: 0 });
            await b.says(started, "S3 answers InvalidAccessKeyId: asking again");
            return started;
        });
        assert.ok(await jobEnds(job));
    });

    it("refuses what it cannot know to be good", async () => {
        await backUp();
        const schemas = await bucketOfSchemas();
        await refuses([
            [{ FROM: "" }, /FROM is not set/],
            [{ FROM: "yesterday" }, /it must be latest, an id/],
            [{ FROM: "2001-01-01T00:00:00Z" }, /no backup in bucket .* is as old as/],
            [{ FROM: "20010101T000000Z-abcdef" }, /no finished backup 20010101T000000Z-abcdef/],
            [{ FROM: "latest", BACKUPS_BUCKET: schemas }, /no finished backup|cannot be listed/],
        ]);
        // By itself, as this one takes the lock of restores.
        await refuses([[{ FROM: "latest", VOLUME_BYTES: "1048576" }, /raise postgresStorageSize/]]);
    });
});

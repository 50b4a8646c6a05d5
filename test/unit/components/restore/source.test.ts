import assert from "node:assert/strict";
import { parseRestoreSource, restoreSource } from "../../../../components/restore/source";

describe("what restoreFrom says", () => {
    it("is a backup of a bucket", () => {
        for (const backup of [
            "latest",
            "20260131T021500Z-4f2a1c",
            "2026-01-31T04:00:00Z",
            "2026-01-31T04:00:00.25+01:00",
        ]) {
            assert.deepEqual(parseRestoreSource(`s3://acme-backups/${backup}`), {
                kind: "backup",
                bucket: "acme-backups",
                backup,
            });
        }
    });

    it("or an archive of a bucket, to a moment or to its end", () => {
        const source = { kind: "archive", bucket: "acme-backups", archive: "justdb-db-1a2b3c4d", server: "justdb-db" };
        const from = (moment: string) => parseRestoreSource(`s3://acme-backups/justdb-db-1a2b3c4d/${moment}`);
        assert.deepEqual(from("2026-01-31T04:00:00Z"), { ...source, time: "2026-01-31T04:00:00Z" });
        assert.deepEqual(from("latest"), { ...source, time: "" });
        assert.deepEqual(from("justdb-db-pg18/latest"), { ...source, server: "justdb-db-pg18", time: "" });
    });

    it("or nothing", () => assert.equal(parseRestoreSource(""), undefined));

    for (const wrong of [
        "latest",
        "acme-backups/latest",
        "s3://acme-backups",
        "s3://acme-backups/",
        "s3://acme-backups/yesterday",
        "s3://acme-backups/2026-01-31T04:00:00",
        "s3://acme-backups/2026-01-31",
        "s3://acme-backups/latest/latest/latest",
        "s3://acme-backups/20260131T021500Z",
        "s3://UPPER/latest",
        "https://acme-backups/latest",
    ]) {
        it(`never ${wrong}`, () => assert.ok(!restoreSource.test(wrong)));
    }
});

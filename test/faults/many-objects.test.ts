// Backups of many and of large schemas, and what S3 answers: the scripts' own functions, by moto's Python, on data made for it.
import assert from "node:assert/strict";
import * as path from "node:path";
import { moto, repoDir, run } from "../../sandbox";

/** What a script of test/support answers. */
async function ask<T>(script: string, ...questions: string[]): Promise<T> {
    const asked = [path.join(repoDir, "test/support", script), path.join(repoDir, "operations"), ...questions];
    return JSON.parse(await run(moto.program("python"), ["-B", ...asked])) as T;
}

describe("many and large schemas", () => {
    it("are read in a time that grows with their number, not with its square", async () => {
        const { times, compressed } = await ask<{ times: number; compressed: number }>("many_objects.py", "growth");
        assert.ok(compressed > 50, `they compress by ${compressed}: too little to show anything`);
        assert.ok(times < 40, `ten times as many take ${times} times as long`);
    });

    it("are never held whole when they are large", async () => {
        const { written, mebibytes } = await ask<{ written: number; mebibytes: number }>("many_objects.py", "large");
        assert.equal(written, 5);
        assert.ok(mebibytes < 100, `${mebibytes} MiB for five of 30 MiB`);
    });

    it("need little memory for their index", async () => {
        const { bytes } = await ask<{ bytes: number }>("many_objects.py", "index");
        assert.ok(bytes < 1300, `${bytes} bytes for each object`);
    });
});

interface Answers {
    again: { versions: number; another: string };
    replaced: { absent: string[]; other: string[]; restored: Record<string, string>; back: Record<string, string> };
    elsewhere: { missing: string[]; listed: [string, string]; told: [number, number] };
    damaged: { backups: string[]; drills: string[]; latest: string; told: number };
    unforeseen: { said: string; told: string };
}

describe("backups and what S3 answers", () => {
    let answers: Answers;

    before(async () => {
        answers = await ask("s3_answers.py", "again", "replaced", "elsewhere", "damaged", "unforeseen");
    });

    it("what is written once is written, though the answer was lost and boto3 asks again", () => {
        assert.deepEqual(answers.again, { versions: 1, another: "PreconditionFailed" });
    });

    it("what a restore of schemas replaces is named with its version, and can be copied back", () => {
        const { absent, other, restored, back } = answers.replaced;
        assert.deepEqual([absent, other], [["schemas/deleted"], ["schemas/changed"]]);
        const old = "of the backup";
        assert.deepEqual(restored, { "schemas/changed": old, "schemas/deleted": old, "schemas/kept": old });
        assert.deepEqual(back, { ...restored, "schemas/changed": "newer content" });
    });

    it("rows of another bucket are counted, listed and told; older backups do not tell", () => {
        const { missing, listed, told } = answers.elsewhere;
        assert.deepEqual(missing, ["s3://schemas-bucket/schemas/lost"]);
        assert.match(listed[0], /1 rows name another bucket$/);
        assert.doesNotMatch(listed[1], /another bucket/);
        assert.deepEqual(told, [1, 0]);
    });

    it("a manifest that lacks something, or is of the future, is damaged", () => {
        const { backups, latest, told } = answers.damaged;
        assert.equal(backups[0], "good");
        const lacking = ["format", "id", "seconds", "snapshot.time", "versions.changelog", "database.rows"];
        const reasons = [...lacking, "schemas.missing", "files", "files.index"].map((name) => `has no ${name} that`);
        reasons.push("tells of 2999-01-31T02:15:00Z, and was written before", 'has "yesterday" in the place of a time');
        assert.equal(backups.length, 1 + reasons.length);
        for (const [i, reason] of reasons.entries()) assert.ok(backups[i + 1]!.includes(reason), backups[i + 1]);
        assert.equal(told, reasons.length);
        assert.match(latest, /^the backup is damaged: .* has "yesterday"/);
    });

    it("so is the result of a drill", () => {
        const [first, ...others] = answers.damaged.drills;
        assert.equal(first, "good");
        const reasons = ["format", "id", "from", "ok", "finished", "seconds"].map((name) => `has no ${name} that`);
        reasons.push("tells of 2999-01-31T02:15:00Z");
        assert.equal(others.length, reasons.length);
        for (const [i, reason] of reasons.entries()) assert.ok(others[i]!.includes(reason), others[i]);
    });

    it("the exporter goes on after an error that nobody thought of, counts it and says it", () => {
        assert.match(answers.unforeseen.said, /KeyError: 'what nobody thought of'/);
        assert.equal(answers.unforeseen.told, "justdb_backup_metrics_errors_total 1");
    });
});

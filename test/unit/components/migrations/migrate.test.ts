// What migrate.sh makes of Liquibase's answers: with a Liquibase that gives these, and a clock that needs no time.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = readFileSync(join(__dirname, "../../../../components/migrations/sql/migrate.sh"), "utf8");

/** The first word that Liquibase is given, what it says, and its exit code. */
type Answer = [command: string, says: string, code?: number];

const upToDate: Answer = ["status", "justdb@jdbc:postgresql://justdb-postgres/justdb is up to date\n"];
const pending: Answer = [
    "status",
    "1 changeset has not been applied to justdb@jdbc:postgresql://justdb-postgres/justdb\n     justdb/006-a.sql::006::justdb\n",
];
const free: Answer = ["list-locks", "Database change log locks for justdb@jdbc\n - No locks\n"];
const heldBy = (holder: string): Answer => [
    "list-locks",
    `Database change log locks for justdb@jdbc\n - ${holder} at 1/31/26, 4:15 AM\n`,
];
const held = heldBy("laptop (10.0.0.7)");
const failed = (command: string, reason: string): Answer => [
    command,
    `Unexpected error running Liquibase: ${reason}\n\nFor more information, please use the --log-level flag\n`,
    1,
];
/** Of a role that does not own the database, and of one that may not even look into the schema. */
const refusedRights = [
    "Error parsing changelog.yaml : An error occurred while attempting to create the database changelog table.\n" +
        "  - Caused by: ERROR: permission denied for schema public\n  Position: 14 [Failed SQL: (0) CREATE TABLE ...]",
    "Error parsing changelog.yaml : x\n  - Caused by: ERROR: no schema has been selected to create in [Failed SQL: (0) CREATE TABLE ...]",
];
const grant =
    /justdb may not create tables in schema public[^]*\n {2}psql -U ADMINISTRATOR -c 'GRANT USAGE, CREATE ON SCHEMA public TO "justdb"'/;
const locked = failed("update", "liquibase.exception.LockException: Could not acquire change log lock.");

describe("migrate.sh", () => {
    let dir: string;
    const file = (name: string) => join(dir, name);

    beforeEach(() => {
        dir = mkdtempSync(join(tmpdir(), "migrate-"));
        for (const name of ["bin", "work", "tmp", "answers"]) mkdirSync(file(name));
        const answer = `echo "$1" >>calls && n=$(wc -l <calls) && cat "answers/$n" && exit "$(cat "answers/$n.code")"`;
        for (const [name, line] of [
            ["liquibase", answer],
            ["sleep", ":"],
        ]) {
            writeFileSync(file(`bin/${name}`), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
        }
    });
    afterEach(() => rmSync(dir, { recursive: true }));

    /** Runs one step. Every answer is asked for, in this order, and nothing else. */
    function run(step: string, answers: Answer[]) {
        answers.forEach(([, says, code = 0], i) => {
            writeFileSync(file(`answers/${i + 1}`), says);
            writeFileSync(file(`answers/${i + 1}.code`), String(code));
        });
        const here = script.replaceAll(/(?<=[=> ])\/(work|tmp|dev)(?=\/)/g, (_, name: string) =>
            name === "dev" ? file("tmp") : file(name),
        );
        writeFileSync(file("migrate.sh"), here);
        const env = {
            PATH: `${file("bin")}:${process.env.PATH}`,
            POD_NAME: "justdb-migrations-1",
            PSQL: "psql",
            PSQL_AS_ADMINISTRATOR: "psql -U ADMINISTRATOR",
            LIQUIBASE_COMMAND_USERNAME: "justdb",
            VERIFIED_BY: "by postgresCaCertificates",
        };
        const { status, stdout, stderr } = spawnSync("sh", ["migrate.sh", step], { cwd: dir, env, encoding: "utf8" });
        const asked = existsSync(file("calls")) ? readFileSync(file("calls"), "utf8").trim().split("\n") : [];
        assert.deepEqual(
            asked,
            answers.map(([command]) => command),
            stderr,
        );
        // What `check` leaves there, `update` says.
        const words = file(step === "check" ? "work/failed" : "tmp/termination-log");
        return { status, stdout, message: existsSync(words) ? readFileSync(words, "utf8") : "" };
    }
    const found = () => readFileSync(file("work/pending"), "utf8");

    describe("check", () => {
        it("asks once when nothing is pending", () => {
            assert.equal(run("check", [upToDate]).status, 0);
            assert.equal(found(), "");
        });

        it("does not look again when nobody holds the lock", () => {
            assert.equal(run("check", [pending, free]).status, 0);
            assert.equal(found(), "justdb/006-a.sql::006::justdb\n");
        });

        it("looks again after a wait, when another one may have made the changes", () => {
            assert.equal(run("check", [pending, held, held, free, upToDate]).status, 0);
            assert.equal(found(), "");
        });

        it("goes on after a wait with what is still pending", () => {
            assert.equal(run("check", [pending, held, free, pending]).status, 0);
            assert.equal(found(), "justdb/006-a.sql::006::justdb\n");
        });

        it("ends when the holder's pod is not connected any more", () => {
            const gone = heldBy("justdb-migrations-0 (10.0.0.8)");
            const { status, message } = run("check", [
                pending,
                gone,
                ["--changelog-file=lock-holder.yaml", "No errors\n"],
            ]);
            assert.equal(status, 0);
            assert.match(message, /left behind by justdb-migrations-0,[^]*WHERE lockedby = 'justdb-migrations-0 \(/);
        });

        it("leaves a lock that is held for minutes to a person", () => {
            const { status, message } = run("check", [pending, ...Array<Answer>(21).fill(held)]);
            assert.equal(status, 0);
            assert.match(message, /is held by laptop \(10\.0\.0\.7\) since/);
        });

        for (const reason of ["Error parsing changelog.yaml : x", "Syntax error in file changelog.yaml: x"]) {
            it(`ends at once with "${reason.slice(0, 13)}", which no retry puts right`, () => {
                const { status, message } = run("check", [failed("status", reason)]);
                assert.equal(status, 0);
                assert.match(message, new RegExp(`The changelog cannot be read[^]*${reason}`));
            });
        }

        it("asks again when another one made Liquibase's tables at the same moment", () => {
            const raced =
                "Error parsing changelog.yaml : An error occurred while attempting to create the database changelog table.\n" +
                '  - Caused by: ERROR: relation "databasechangelog" already exists [Failed SQL: (0) CREATE TABLE ...]';
            assert.equal(run("check", [failed("status", raced), upToDate]).status, 0);
        });

        it("asks again when the database does not answer", () => {
            const refused = failed("status", "Connection could not be created to jdbc:postgresql://x");
            assert.equal(run("check", [refused, refused, upToDate]).status, 0);
            rmSync(file("calls"));
            const { status, message } = run("check", Array<Answer>(40).fill(refused));
            assert.equal(status, 0);
            assert.match(message, /^The database does not answer\.\nConnection could not be created/);
        });

        it("ends at once when the role may not create tables, with what gives it the right", () => {
            for (const reason of refusedRights) {
                const { status, message } = run("check", [failed("status", reason)]);
                assert.equal(status, 0);
                assert.match(message, grant);
                rmSync(file("calls"));
            }
        });

        it("ends at once when the certificate of the database is not accepted", () => {
            for (const reason of [
                "SSL error: (certificate_unknown) PKIX path validation failed: Path does not chain with any of the trust anchors",
                "The hostname postgres could not be verified by hostnameverifier PgjdbcHostnameVerifier.",
            ]) {
                const refused = `Connection could not be created to jdbc:postgresql://x with driver org.postgresql.Driver.  ${reason}`;
                const { status, message } = run("check", [failed("status", refused)]);
                assert.equal(status, 0);
                assert.match(message, /was not accepted, .* It is verified by postgresCaCertificates\.\nConnection/);
                assert.ok(message.includes(reason), message);
                rmSync(file("calls"));
            }
        });

        it("takes words that it does not know for no answer", () => {
            const { status, message } = run("check", [["status", "1 change is due\n"]]);
            assert.equal(status, 0);
            assert.match(message, /does not say what is pending, so nothing was changed:\n1 change is due/);
        });
    });

    describe("update", () => {
        beforeEach(() => writeFileSync(file("work/pending"), "justdb/006-a.sql::006::justdb\n"));

        it("says what a step before it has left to say, and does nothing", () => {
            writeFileSync(file("work/failed"), "There is no backup.\n");
            const { status, message } = run("update", []);
            assert.equal(status, 1);
            assert.equal(message, "There is no backup.\n");
        });

        it("does nothing when nothing is pending", () => {
            writeFileSync(file("work/pending"), "");
            assert.equal(run("update", []).status, 0);
        });

        it("makes the changes, which may be none by now", () => {
            assert.equal(run("update", [["update", "Database is up to date, no changesets to execute\n"]]).status, 0);
        });

        it("ends at once when a change fails", () => {
            const { status, message } = run("update", [failed("update", "division by zero"), free]);
            assert.equal(status, 1);
            assert.match(message, /^A change failed and was rolled back\.[^]*division by zero/);
        });

        it("ends with what gives the right, when a change may not create its table", () => {
            const reason = "Migration failed for changeset x:\n     Reason: ERROR: permission denied for schema public";
            const { status, message } = run("update", [failed("update", reason)]);
            assert.equal(status, 1);
            assert.match(message, grant);
        });

        it("tries again when the database did not answer, as no change was begun", () => {
            const refused = failed("update", "Connection could not be created to jdbc:postgresql://x");
            assert.equal(run("update", [refused, refused, ["update", "done\n"]]).status, 0);
            rmSync(file("calls"));
            const { status, message } = run("update", Array<Answer>(3).fill(refused));
            assert.equal(status, 1);
            assert.match(message, /^The database does not answer\.\nConnection could not be created/);
        });

        it("says that its own lock is left behind when it lost the database", () => {
            const own = heldBy("justdb-migrations-1 (10.0.0.9)");
            const { status, message } = run("update", [failed("update", "This connection has been closed."), own]);
            assert.equal(status, 1);
            assert.match(message, /left behind by justdb-migrations-1,/);
        });

        it("leaves the lock of another one to a person, and tries again when it was freed meanwhile", () => {
            const { status, message } = run("update", [locked, held]);
            assert.equal(status, 1);
            assert.match(message, /is held by laptop/);
            rmSync(file("calls"));
            assert.equal(run("update", [locked, free, ["update", "done\n"]]).status, 0);
        });
    });
});

import assert from "node:assert/strict";
import { secretValue, signToken, waitFor } from "../../../sandbox";
import { apply, serviceUrl } from "../../support/app";
import * as b from "../../support/backups";
import { exec, get, primary, sql } from "../../support/cluster";
import { request } from "../../support/http";
import { killedAfter, servesWhile } from "../../support/rotation";
import { type Config, forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const stack = new TestStack("rotated", "justdb-rotated", {
    ...smallest,
    ...unarchived,
});
const { namespace } = stack;
const jwtKey = (generation: number) =>
    secretValue(namespace, generation === 1 ? "justdb-secrets" : `justdb-jwt-secret-${generation}`, "jwt-secret");

/** What PostgreSQL answers who logs in. Over the network: whoever is in its pod needs no password. */
async function login(user: string, password: string, statement = "SELECT session_user"): Promise<string> {
    const psql = `PGOPTIONS='-c role=justdb' PGPASSWORD=${password} psql -qtAXw -h justdb-postgres -U ${user} -d justdb`;
    const line = `${psql} -c "${statement}" 2>&1 || true`;
    return (await exec(await primary(namespace), line, namespace, "postgres")).trim();
}

/** What Redis answers who has this password. */
async function redis(password: string): Promise<string> {
    const line = `PATH=\${PATH#/etc/redis:} REDISCLI_AUTH=${password} redis-cli ping 2>&1`;
    return (await exec("justdb-redis-0", line, namespace)).trim();
}

/** The kubelet takes some time to take the former one away. */
const redisForgets = (password: string) =>
    waitFor(
        "Redis to forget a password",
        180_000,
        async () => /WRONGPASS/.test(await redis(password)) || "it is let in",
    );

const refused = /not permitted to log in|password authentication failed/;

/** In this order: each goes on from what the one before it has made. */
describe("a rotation of passwords", () => {
    const first = { database: "", redis: "" };
    const second = { postgresPasswordGeneration: "2", redisPasswordGeneration: "2" };
    const third = { postgresPasswordGeneration: "3", redisPasswordGeneration: "3" };
    /** What the steps have come to. */
    let reached: Config = {};
    const passwordOf = (purpose: string, generation: number) =>
        secretValue(namespace, `justdb-postgres-${purpose}-${generation}`, "password");
    let started: string;

    before(async () => {
        await stack.up();
        first.database = await secretValue(namespace, "justdb-secrets", "db-password");
        first.redis = await secretValue(namespace, "justdb-secrets", "redis-password");
        started = (await get("pod", "justdb-redis-0", namespace)).status.startTime as string;
        assert.equal(await login("justdb", first.database), "justdb");
        assert.equal(await redis(first.redis), "PONG");
    });
    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    it("goes unnoticed by the app's clients, and what was before is refused", async () => {
        const backup = await secretValue(namespace, "justdb-postgres-backup", "password");
        await servesWhile(namespace, () => stack.up(second));
        assert.match(await login("justdb", first.database), refused);
        assert.match(await login("justdb_backup", backup), refused);
        assert.equal(await login("justdb_login_a", await passwordOf("login", 2)), "justdb_login_a");
        assert.equal(await redis(await secretValue(namespace, "justdb-redis-password-2", "redis-password")), "PONG");
        await redisForgets(first.redis);
        assert.equal((await get("pod", "justdb-redis-0", namespace)).status.startTime, started, "Redis started anew");
    });

    it("leaves the owner of all that is made as it was, and backups go on", async () => {
        const create = "CREATE TABLE of_login AS SELECT 1 AS one";
        await login("justdb_login_a", await passwordOf("login", 2), create);
        assert.equal(await sql("SELECT tableowner FROM pg_tables WHERE tablename = 'of_login'", namespace), "justdb");
        await sql("DROP TABLE of_login", namespace);
        const users = await sql(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name ~ 'JDBC'",
            namespace,
        );
        assert.equal(users, "justdb_login_a");
        const made = await b.ended("justdb-backup", {}, namespace);
        assert.ok(made.complete, made.log);
    });

    it("changes nothing when nothing is asked for", async () => {
        assert.deepEqual((await stack.up(second)).changes, []);
    });

    it("goes up by one, and never back", async () => {
        const jump = stack.up({ ...second, redisPasswordGeneration: "4" });
        await assert.rejects(jump, /redisPasswordGeneration 4 does not follow.*by one at a time/);
        await assert.rejects(stack.up(), /postgresPasswordGeneration 1 does not follow.*never back/);
    });

    it("takes the other roles in its next step, and the former ones are refused", async () => {
        const [database, restore] = [await passwordOf("login", 2), await passwordOf("restore", 2)];
        const former = await secretValue(namespace, "justdb-redis-password-2", "redis-password");
        await servesWhile(namespace, () => stack.up(third));
        assert.match(await login("justdb_login_a", database), refused);
        assert.match(await login("justdb_restore_a", restore), refused);
        assert.equal(await login("justdb_login_b", await passwordOf("login", 3)), "justdb_login_b");
        await redisForgets(former);
    });

    it("is completed by the next update, wherever it was cut off, and the app serves all along", async () => {
        const cuts: string[] = [];
        await servesWhile(namespace, async () => {
            for (let number = 4; number <= 6; number++) {
                const former = await passwordOf("login", number - 1);
                const config = {
                    postgresPasswordGeneration: String(number),
                    redisPasswordGeneration: String(number),
                };
                for (let cut = 0; cut < 4; cut++) {
                    const ms = 5_000 + Math.round(Math.random() * 90_000);
                    const { ended } = await killedAfter(stack, ms, config);
                    cuts.push(`${number} after ${ms} ms${ended ? ", which had ended" : ""}`);
                }
                await stack.up(config);
                reached = config;
                const [current, before] = number % 2 === 0 ? ["a", "b"] : ["b", "a"];
                assert.match(await login(`justdb_login_${before}`, former), refused, cuts.join("; "));
                const user = `justdb_login_${current}`;
                assert.equal(await login(user, await passwordOf("login", number)), user, cuts.join("; "));
            }
        }).catch((error: Error) => {
            throw new Error(`${cuts.join("; ")}\n${error.message}`);
        });
        assert.ok(
            cuts.some((cut) => !cut.endsWith("ended")),
            cuts.join("; "),
        );
    }).timeout(3600_000);

    it("of the key of tokens ends every token, and new ones are good", async () => {
        const status = async (key: string) => {
            const headers = { authorization: `Bearer ${signToken(key, "test")}` };
            const url = `${await serviceUrl(namespace)}/api/v1/schemas/tokens/shop/1.0.0`;
            return (await request("GET", url, headers)).status;
        };
        assert.equal((await apply("tokens", "1.0.0", namespace)).status, 200);
        const before = await jwtKey(1);
        assert.equal(await status(before), 200);
        await stack.up({ ...reached, jwtSecretGeneration: "2" });
        assert.equal(await status(before), 401);
        assert.equal(await status(await jwtKey(2)), 200);
    });
});

import assert from "node:assert/strict";
import { load } from "js-yaml";
import { at, plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { environmentOf } from "../../../support/operations";

const roleType = "kubernetes:postgresql.cnpg.io/v1:DatabaseRole";
const pod = "spec.template.spec";

interface Role {
    name: string;
    login: boolean;
    inRoles: string[];
    passwordSecret?: { name: string };
}
const roles = (made: Plan) =>
    Object.fromEntries(made.all(roleType).map(({ name, inputs }) => [name, inputs.spec as Role]));
const open = (made: Plan) =>
    Object.values(roles(made))
        .filter(({ login }) => login)
        .map(({ name }) => name);
const closed = (made: Plan) =>
    Object.values(roles(made))
        .filter(({ login }) => !login)
        .map(({ name }) => name);

describe("generations of the database's passwords", () => {
    let second: Plan;
    let third: Plan;
    before(async () => {
        second = await plan({ postgresPasswordGeneration: 2 });
        third = await plan({ postgresPasswordGeneration: 3 });
    });

    it("begin with the roles that the Cluster itself has", async () => {
        const first = await plan({});
        assert.deepEqual(first.all(roleType), []);
        const inline = first.at("justdb-postgres", "values.roles") as Role[];
        assert.deepEqual(
            inline.map(({ name }) => name),
            ["justdb_backup", "justdb_restore"],
        );
        assert.deepEqual(second.at("justdb-postgres", "values.roles"), []);
    });

    it("log in by two sets of roles in turn, and by no other", () => {
        assert.deepEqual(open(second), ["justdb_login_a", "justdb_backup_a", "justdb_restore_a"]);
        assert.deepEqual(open(third), ["justdb_login_b", "justdb_backup_b", "justdb_restore_b"]);
        const first = ["justdb", "justdb_backup", "justdb_restore"];
        assert.deepEqual(closed(second), [...first, "justdb_login_b", "justdb_backup_b", "justdb_restore_b"]);
        assert.deepEqual(closed(third), [...first, "justdb_login_a", "justdb_backup_a", "justdb_restore_a"]);
    });

    it("have the rights of the first, and the app those of the owner", () => {
        const made = roles(second);
        assert.deepEqual(made["justdb-postgres-login-role-a"]!.inRoles, ["justdb"]);
        assert.deepEqual(made["justdb-postgres-backup-role-a"]!.inRoles, ["pg_read_all_data"]);
        assert.deepEqual(made["justdb-postgres-restore-role-a"]!.inRoles, [
            "justdb",
            "pg_signal_backend",
            "pg_monitor",
        ]);
        assert.deepEqual(made["justdb-postgres-owner-role"]!.inRoles, []);
    });

    it("give each its Secret, which the pods refer to by its generation", () => {
        assert.equal(roles(third)["justdb-postgres-login-role-b"]!.passwordSecret!.name, "justdb-postgres-login-3");
        const { DB_PASSWORD, SPRING_DATASOURCE_USERNAME } = environmentOf(third, "justdb-deployment", pod);
        assert.deepEqual(DB_PASSWORD, { name: "justdb-postgres-login-3", key: "password" });
        assert.equal(SPRING_DATASOURCE_USERNAME, "justdb_login_b");
        assert.equal(third.texts("justdb-postgres-login-3").username, "justdb_login_b");
        const migrations = environmentOf(third, "justdb-migrations", pod);
        assert.equal(migrations.LIQUIBASE_COMMAND_USERNAME, "justdb_login_b");
        assert.equal(environmentOf(third, "justdb-backup").PGUSER, "justdb_backup_b");
        assert.equal(environmentOf(third, "justdb-restore").PGUSER, "justdb_restore_b");
        assert.equal(third.outputs.databaseSecretName, "justdb-postgres-login-3");
    });

    it("leave application.yml as it is for pods of before, and what they make is the owner's", async () => {
        const datasource = (made: Plan) =>
            at(load(made.at("justdb-config", "data.[application.yml]") as string), "spring.datasource") as {
                url: string;
                username: string;
            };
        assert.deepEqual(datasource(third), datasource(second));
        assert.equal(datasource(second).username, "justdb");
        assert.match(datasource(second).url, /&options=-c%20role%3Djustdb$/);
        assert.doesNotMatch(datasource(await plan({})).url, /options=/);
        const { LIQUIBASE_COMMAND_URL } = environmentOf(second, "justdb-migrations", pod);
        assert.match(LIQUIBASE_COMMAND_URL as string, /&options=-c%20role%3Djustdb&ApplicationName=/);
    });

    it("let the new roles in before anything uses them, and shut out the former when nothing does", () => {
        const current = "justdb-postgres-login-role-b";
        for (const name of ["justdb-migrations", "justdb-deployment", "justdb-backup"]) {
            assert.ok(waitsFor(third.get(name), current), name);
        }
        for (const former of ["justdb-postgres-login-role-a", "justdb-postgres-owner-role"]) {
            for (const name of ["justdb-deployment", "justdb-migrations", "justdb-backup", "justdb-restore"]) {
                assert.ok(waitsFor(third.get(former), name), `${former} ${name}`);
            }
        }
        assert.ok(waitsFor(third.get("justdb-generations-done"), "justdb-postgres-login-role-a"));
    });

    it("keep the password in use, let that of before go with the next, and the owner's never", () => {
        const kept = (made: Plan, name: string) => made.get(name).protect;
        assert.equal(kept(third, "justdb-postgres-login-password-3"), true);
        assert.equal(kept(third, "justdb-postgres-login-password-2"), false);
        assert.equal(kept(third, "justdb-postgres-login-2"), false);
        assert.ok(!third.has("justdb-postgres-backup") && !third.has("justdb-postgres-backup-password"));
        assert.equal(kept(second, "justdb-postgres-backup-password"), false);
        assert.equal(kept(third, "justdb-postgres-owner"), true);
        assert.equal(kept(third, "justdb-postgres-password"), true);
    });

    it("are refused where the password is given, or the server is another's", async () => {
        const both = plan({ postgresPasswordGeneration: 2, postgresPassword: "p".repeat(16) });
        await assert.rejects(both, /postgresPasswordGeneration[^]*with postgresPassword/);
        const external = plan({
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresCidrs: ["10.0.0.0/24"],
            postgresPassword: "p".repeat(16),
            postgresPasswordGeneration: 2,
        });
        await assert.rejects(external, /postgresPasswordGeneration[^]*with postgresMode external/);
    });
});

import assert from "node:assert/strict";
import { ProgramError, secretValue } from "../../sandbox";
import { certificateOf } from "../support/certificate";
import { exec, namespace, primary, sql } from "../support/cluster";

/** What psql says that comes to the Service from a pod that may, and gives no password. It never gets in. */
async function refusal(authority: string, settings: string): Promise<string> {
    const server = `host=justdb-postgres.${namespace}.svc user=justdb dbname=justdb connect_timeout=10`;
    // bash makes a file of it.
    const file = `<(printf %s '${Buffer.from(authority).toString("base64")}' | base64 -d)`;
    const line = `exec 9< ${file}; psql -wc 'SELECT 1' "${server} sslrootcert=/dev/fd/9 ${settings}"`;
    return exec(await primary(), line, namespace, "postgres").then(
        () => assert.fail("it gets in"),
        (error: ProgramError) => error.message,
    );
}

describe("PostgreSQL in the namespace", () => {
    let own: string;
    before(async () => {
        own = await secretValue(namespace, "justdb-db-ca", "ca.crt");
    });

    it("is connected to by TLS alone, by the app too", async () => {
        const connections = "FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename LIKE 'justdb%'";
        assert.equal(await sql(`SELECT bool_and(ssl) ${connections}`), "t");
        assert.match(await refusal(own, "sslmode=disable"), /pg_hba\.conf rejects connection .* no encryption/);
    });

    it("is known by its operator's authority, under the name of its Service", async () => {
        assert.match(await refusal(own, "sslmode=verify-full"), /no password supplied/);
    });

    it("is not believed by who has another authority", async () => {
        const { authority } = await certificateOf("nobody");
        assert.match(await refusal(authority, "sslmode=verify-full"), /certificate verify failed/);
    });
});

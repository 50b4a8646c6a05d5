import assert from "node:assert/strict";
import { resolve } from "../../../components/config/resolve";
import * as b from "../../support/backups";
import { FaultsLab, type Outcome, succeeded } from "../../support/faults-lab";
import { Store } from "../../support/object-store";

/** By default what is over in a quarter of an hour on two cores; docs/reliability.md has the figures of 5 and 100000. */
const gigabytes = Number(process.env.JUSTDB_BIG_GB ?? 1);
const count = Number(process.env.JUSTDB_BIG_SCHEMAS ?? 20_000);
/** A row of audit_logs with its index entry. */
const rowBytes = 180;
const million = 1e6;

const { operationsCpuLimit, operationsMemoryLimit } = resolve({}, "justdb");
const lab = new FaultsLab("big", "-c max_wal_size=2GB -c fsync=off", {
    cpu: operationsCpuLimit,
    memory: operationsMemoryLimit,
});
/** It answers faster than scripts ask, which the sandbox's API of AWS does not. */
const store = new Store();
const caFile = "/tmp/store.crt";
/** Of schemas, each with as many versions. */
const names = 3000;
const keyOf = (number: number) => `schemas/load/s${number % names}/${Math.floor(number / names)}.json`;
const body = JSON.stringify({ tables: [...Array(20).keys()].map((number) => ({ name: `table ${number}` })) });

interface Took {
    seconds: number;
    memoryMiB: number;
}

const result = (outcome: Outcome): Record<string, number | string | null> => {
    succeeded(outcome);
    return JSON.parse(/^\{.*\}$/m.exec(outcome.output)![0]) as Record<string, number | string | null>;
};
const took = ({ seconds, memoryMiB }: Record<string, unknown>) => ({ seconds, memoryMiB }) as Took;

async function run(script: string, more: Record<string, string> = {}): Promise<ReturnType<typeof result>> {
    const variables = store.variables(caFile);
    return result(await lab.run(script, variables.AWS_ENDPOINT_URL!, { ...variables, ...more }));
}

const backUp = async (): Promise<Took> => took(await run("backup"));

async function restore(): Promise<Took> {
    const restored = await run("restore", { FROM: "latest" });
    await lab.sql(`DROP DATABASE ${String(restored.before)}`, "postgres");
    return took(restored);
}

const hours = (seconds: number) => (seconds / 3600).toFixed(1);

describe(`backup and restore of ${gigabytes} GB and ${count} schemas, in a pod with the limits of the defaults`, function () {
    // Of the hooks too: to delete a million files takes its time.
    this.timeout(6 * 3600_000);
    let bytes: number;
    const measured: Record<string, Took> = {};

    before(async () => {
        await store.open();
        for (const bucket of [lab.schemas, lab.backups]) await store.makeBucket(bucket);
        // The live database, the one beside it, the log, and what is sorted for indexes.
        await lab.start(`${Math.ceil(gigabytes * 3 + 6)}Gi`);
        await lab.shell([`cat > ${caFile} <<'END'`, store.ca, "END"]);
        const rows = Math.round((gigabytes * 1e9) / rowBytes);
        await lab.sql(
            "SET ROLE justdb; CREATE TABLE audit_logs (id bigint PRIMARY KEY, at timestamptz, operation text, schema_url text, api_key text);" +
                " CREATE TABLE schema_versions (id bigint PRIMARY KEY, schema_url text, checksum text)",
        );
        const url = `'s3://${lab.schemas}/schemas/prod/shop' || i % 5000 || '/' || i || '.json'`;
        for (let from = 1; from <= rows; from += million) {
            await lab.sql(
                `INSERT INTO audit_logs SELECT i, now() + i * interval '1 s', 'apply', ${url}, md5((i % 50)::text)` +
                    ` FROM generate_series(${from}, ${Math.min(from + million - 1, rows)}) i`,
            );
        }
        bytes = Number(await lab.sql("SELECT pg_database_size('justdb')"));
    });

    after(async () => {
        await lab.close();
        await store.close();
    });

    it("of the database alone", async () => {
        measured.backup = await backUp();
        measured.restore = await restore();
    });

    it("with its schemas, of which none is there any more", async () => {
        store.fill(lab.schemas, [...Array(count).keys()].map(keyOf), body);
        await lab.sql(
            `INSERT INTO schema_versions SELECT i, 's3://${lab.schemas}/schemas/load/s' || i % ${names} || '/' || i / ${names} || '.json', '${b.sha256(body)}'` +
                ` FROM generate_series(0, ${count - 1}) i`,
        );
        measured["backup with schemas"] = await backUp();
        store.empty(lab.schemas, "schemas");
        measured["restore with schemas"] = await restore();
        assert.equal((await store.keysOf(lab.schemas, "schemas/")).length, count);
    });

    it("takes memory that does not grow with the number of schemas, and is far from its limit", () => {
        for (const of of ["backup", "restore"]) {
            const [without, all] = [measured[of]!, measured[`${of} with schemas`]!];
            const perByte = without.seconds / bytes;
            const perSchema = Math.max(0, all.seconds - without.seconds) / count;
            console.log(
                `      ${of}: ${(bytes / without.seconds / million).toFixed(1)} MB of the database and ` +
                    `${(1 / perSchema).toFixed(0)} schemas a second; at most ${without.memoryMiB} MiB without schemas and ` +
                    `${all.memoryMiB} MiB with them; 500 GB take ${hours(500e9 * perByte)} h, and a million schemas ` +
                    `${hours(million * perSchema)} h`,
            );
            assert.ok(all.memoryMiB < without.memoryMiB + 100, `${without.memoryMiB} and ${all.memoryMiB} MiB`);
            assert.ok(all.memoryMiB < 400, `${all.memoryMiB} MiB`);
        }
    });
});

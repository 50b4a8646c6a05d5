// Sessions of PostgreSQL that stay, by a name of their own.
import { exec, primary, sql } from "./cluster";

/** Begins a transaction with a statement, and leaves it open. */
export async function startSessions(name: string, statement: string, namespace: string, count = 1): Promise<void> {
    const open = `PGAPPNAME=${name} nohup psql -d justdb -c 'BEGIN; ${statement}; SELECT pg_sleep(600)' >/dev/null 2>&1 &`;
    await exec(await primary(namespace), `for i in $(seq ${count}); do ${open} done`, namespace, "postgres");
}

export const endSessions = (name: string, namespace: string) =>
    sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`, namespace);

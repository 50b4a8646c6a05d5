// Drills of the stack, and what its exporter tells of them.
import assert from "node:assert/strict";
import { ensureVolumes, kubectl } from "../../sandbox";
import { apply, serves } from "./app";
import * as b from "./backups";
import { namespace } from "./cluster";

export const schedule = "justdb-drill";
/** The exporter reads the bucket every minute. */
export const readMs = 90_000;

/** What Prometheus would be told. */
export async function metrics(): Promise<Record<string, number>> {
    const service = `/api/v1/namespaces/${namespace}/services/justdb-backup-metrics:metrics/proxy/metrics`;
    const lines = (await kubectl(["get", "--raw", service])).split("\n").filter((line) => /^\w/.test(line));
    return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name!, Number(value)]));
}

/** A drill that must fail, and its message. */
export async function refuses(variables: Record<string, string>, message: RegExp): Promise<void> {
    const { complete, log } = await b.ended(schedule, variables);
    assert.equal(complete, false, log);
    assert.match(log, message);
}

/** A backup to try. Returns its id. */
export async function aBackup(): Promise<string> {
    await ensureVolumes();
    await serves();
    assert.equal((await apply("drill", String(Date.now()))).status, 200);
    const made = await b.ended("justdb-backup");
    assert.ok(made.complete, made.log);
    return made.result.backup as string;
}

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { apply as applyObjects } from "../../../sandbox";
import { apply, authorized, served, serviceUrl, shop } from "../../support/app";
import { connects, get, list, podsReady, removeNamespaces } from "../../support/cluster";
import { commits, unpack } from "../../support/earlier-version";
import type { Outcome } from "../../support/http";
import { probePod } from "../../support/probe-pod";
import { streamWhile } from "../../support/stream";
import { type Config, forget, TestStack } from "../../support/test-stack";

const [namespace, elsewhere] = ["justdb-earlier", "earlier-elsewhere"];
/** One alone would be away for as long as it restarts. */
const config: Config = { postgresInstances: "2" };
const today = new TestStack("earlier", namespace, config);
const [schema, app] = ["1", "app=justdb-cloud"];

/** What nobody outside of the stack may connect to. */
const services: [name: string, port: number][] = [
    ["justdb-cloud", 80],
    ["justdb-db-rw", 5432],
    ["justdb-redis", 6379],
];

/** By the names that AWS knows it by. */
const kept = ({ schemasBucket, backupsBucket, archiveName, accessKeyId }: OutputMap) => ({
    schemasBucket,
    backupsBucket,
    archiveName,
    accessKeyId,
});

/** Tries each of them from a pod of another namespace while `work` runs, and returns how many times, and what was made. */
async function forbiddenWhile(work: () => Promise<void>): Promise<{ tried: number; made: string[] }> {
    let [working, tried] = [true, 0];
    const made: string[] = [];
    const tries = services.map(async ([name, port]) => {
        const address = (await get("service", name, namespace)).spec.clusterIP as string;
        while (working) {
            tried++;
            if (await connects("probe", address, port, elsewhere)) made.push(name);
        }
    });
    try {
        await work();
    } finally {
        working = false;
        await Promise.all(tries);
    }
    return { tried, made };
}

for (const version of Object.keys(commits)) {
    /** In this order: it is one stack. */
    describe(`a stack of version ${version}`, function () {
        this.timeout(1_200_000);
        let sources: string;
        let earlier: TestStack;
        let made: OutputMap;
        let uids: Record<string, string>;
        let answered: string[];
        const answers = () => served("earlier", [schema], made.schemasBucket!.value as string, namespace);

        /** What holds data, which stays the very object that it is. */
        const holding = async () => {
            const objects = await Promise.all(
                ["persistentvolumeclaims", "clusters.postgresql.cnpg.io", "secrets", "statefulsets"].map((kind) =>
                    list(kind, namespace),
                ),
            );
            return Object.fromEntries(
                objects.flat().map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.uid]),
            );
        };

        /** Sends what only reads, and what writes, while `work` runs. What is written fails while another instance becomes primary. */
        async function requestsWhile(work: () => Promise<unknown>): Promise<void> {
            const url = `${await serviceUrl(namespace)}/api/v1/schemas`;
            const headers = await authorized(namespace);
            const read = { method: "GET", url: `${url}/earlier/shop/${schema}`, headers };
            const body = (index: number) =>
                JSON.stringify({
                    environment: "written",
                    name: "shop",
                    version: `${Date.now()}.${index}`,
                    schema: shop,
                });
            const write = (index: number) => ({ method: "POST", url: `${url}/apply`, headers, body: body(index) });
            let writes: Outcome[] = [];
            const reads = await streamWhile(
                () => read,
                async () => {
                    writes = await streamWhile(write, async () => {
                        await work();
                        await podsReady(app, 2, namespace);
                    });
                },
            );
            const [failed, unwritten] = [reads, writes].map((outcomes) =>
                outcomes.filter(({ status }) => status !== 200).map(({ error, status }) => error ?? status),
            );
            console.log(`      ${reads.length} reads, ${failed!.length} failed`);
            console.log(
                `      ${writes.length} writes, ${unwritten!.length} failed: ${[...new Set(unwritten)].join()}`,
            );
            assert.deepEqual(failed, []);
            assert.ok(reads.length > 100, `only ${reads.length} requests were sent`);
            assert.equal(writes.at(-1)!.status, 200);
        }

        /** Updates it under requests, and under connections that are forbidden, of which none is made. */
        async function update(to: TestStack): Promise<void> {
            let [outputs, changes]: [OutputMap, string[]] = [{}, []];
            const forbidden = await forbiddenWhile(() =>
                requestsWhile(async () => ({ outputs, changes } = await to.up())),
            );
            console.log(`      ${changes.length} changes`);
            console.log(`      ${forbidden.tried} forbidden connections, ${forbidden.made.length} made`);
            assert.deepEqual(forbidden.made, []);
            assert.ok(forbidden.tried > 20, `only ${forbidden.tried} connections were tried`);
            assert.deepEqual(kept(outputs), kept(made));
            const now = await holding();
            const lost = Object.keys(uids).filter((name) => uids[name] !== now[name]);
            assert.deepEqual(lost, []);
            assert.deepEqual(await answers(), answered);
        }

        before(async () => {
            sources = await unpack(version);
            earlier = new TestStack(today.name, namespace, config, sources);
            made = (await earlier.up()).outputs;
            await applyObjects([{ apiVersion: "v1", kind: "Namespace", metadata: { name: elsewhere } }]);
            await applyObjects([probePod("probe", elsewhere, { app: "probe" })]);
            await podsReady("app=probe", 1, elsewhere);
            assert.equal((await apply("earlier", schema, namespace)).status, 200);
            answered = await answers();
            uids = await holding();
            assert.ok(Object.keys(uids).length > 6, "the stack holds hardly anything");
        });

        after(async () => {
            await today.destroy();
            await forget(today.name);
            await removeNamespaces(elsewhere);
            rmSync(sources, { recursive: true });
        });

        it("is updated to this one, loses nothing, and answers all along", () => update(today));

        it("goes back to that version in the same way", () => update(earlier));
    });
}

import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { agreements } from "../../../../components/generations/agreements";
import { generationKeys } from "../../../../components/generations/generations";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

/** What is said of an update, as the chart of the requirements would, where the cluster knows these numbers. */
function said(args: JustDbCloudArgs, begun: Record<string, string>, done = begun): string[] {
    return agreements(resolve(args, "justdb"))
        .filter(({ name, paths: [path], where, agrees }) => {
            const live = (name === "justdb-generations" ? begun : done)[path!.replace("data.", "")] ?? "";
            return new RegExp(where).test(live) && !new RegExp(agrees).test(live);
        })
        .map(({ what, fix }) => `${what}: ${fix}`);
}

const at = (postgresPasswordGeneration: number) => ({ postgresPasswordGeneration });
const known = (number: number) => ({ postgresPasswordGeneration: String(number) });

describe("generations of credentials", () => {
    it("are any in a cluster that knows none", () => {
        assert.deepEqual(said(at(7), {}), []);
    });

    it("stay, or go up by one", () => {
        assert.deepEqual(said(at(3), known(3)), []);
        assert.deepEqual(said(at(4), known(3)), []);
        assert.match(said(at(5), known(3)).join(), /^postgresPasswordGeneration 5 does not follow.*by one at a time/);
    });

    it("never go back, and say how to go on", () => {
        const [only, ...more] = said(at(2), known(3));
        assert.match(only!, /never back.*: go on from the number.*pulumi config set postgresPasswordGeneration$/);
        assert.deepEqual(more, []);
        assert.equal(said({}, known(2)).length, 1, "the setting was removed");
    });

    it("complete a step that was cut off before the next one, and do not take it back", () => {
        assert.deepEqual(said(at(4), known(4), known(3)), []);
        assert.match(said(at(5), known(4), known(3)).join(), /^postgresPasswordGeneration 5 comes too early/);
        assert.match(said(at(3), known(4), known(3)).join(), /never back/);
    });

    it("are all settings of that name, and stand in the cluster before anything is made, and when all is through", async () => {
        const keys = generationKeys(resolve({}, "justdb"));
        for (const key of ["postgresPasswordGeneration", "redisPasswordGeneration", "jwtSecretGeneration"]) {
            assert.ok((keys as string[]).includes(key), key);
        }
        const made = await plan({ jwtSecretGeneration: 2 });
        for (const stage of ["begun", "done"]) {
            const data = made.at(`justdb-generations-${stage}`, "data") as Record<string, string>;
            assert.deepEqual(Object.keys(data).sort(), [...keys].sort());
            assert.equal(data.jwtSecretGeneration, "2");
        }
        assert.ok(waitsFor(made.get("justdb-secrets"), "justdb-generations-begun"));
        assert.ok(waitsFor(made.get("justdb-generations-done"), "justdb-deployment"));
    });

    it("are known as long as the database is there", async () => {
        const kept = async (args: JustDbCloudArgs) => (await plan(args)).get("justdb-generations-begun").retainOnDelete;
        assert.equal(await kept({}), true);
        assert.equal(await kept({ environment: "dev" }), false);
    });
});

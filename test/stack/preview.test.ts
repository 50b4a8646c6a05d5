import assert from "node:assert/strict";
import * as path from "node:path";
import { stackNames } from "../../sandbox";
import { describeGuide } from "../support/guide";
import { plan } from "../support/plan";
import { at, Resources } from "../support/resources";
import { matchesSnapshot } from "../support/snapshot";

describe("each stack of the project", () => {
    for (const name of stackNames()) {
        it(`${name} plans cleanly, with the URNs of its snapshot`, async () => {
            const urns = (await plan(name)).planned.map((resource) => resource.urn).sort();
            matchesSnapshot(path.join(__dirname, "snapshots", `${name}.urns.txt`), urns);
        });
    }
});

describe("prod, as the real engine plans it", () => {
    const planProd = async () => new Resources((await plan("prod")).planned);

    // The same assertions as those on the program under mocks.
    describeGuide(planProd);

    it("has the database that the chart makes of its values", async () => {
        const { spec } = (await planProd()).get("justdb-postgres:justdb-cloud/justdb-db").inputs;
        assert.equal(at(spec, "instances"), 3);
        assert.equal(at(spec, "bootstrap.initdb.database"), "justdb");
        assert.equal(at(spec, "bootstrap.initdb.owner"), "justdb");
        assert.equal(at(spec, "managed.services.additional.0.serviceTemplate.metadata.name"), "justdb-postgres");
    });
});

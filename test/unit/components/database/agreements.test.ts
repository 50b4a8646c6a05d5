import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { agreements } from "../../../../components/parts";

const now = "ghcr.io/cloudnative-pg/postgresql:17.6-system-bookworm";

/** What is said of an update to another image, as the chart of the requirements would say it. */
function said(args: JustDbCloudArgs, live = now): string[] {
    return agreements(resolve(args, "justdb"))
        .filter(({ where, agrees, accepted }) => {
            const isLookedAt = !accepted.includes(live) && new RegExp(where).test(live);
            return isLookedAt && !new RegExp(agrees).test(live);
        })
        .map(({ what }) => what);
}

describe("another image of an existing database", () => {
    it("may be of the same major version and the same release", () => {
        assert.deepEqual(said({ postgresImage: now.replace("17.6", "17.7") }), []);
        assert.deepEqual(said({ postgresImage: "registry.example.com/postgres:17.7" }), []);
    });

    it("is not of another major version, unless it is told from which", () => {
        const postgresImage = now.replace("17.6", "18.4");
        assert.match(said({ postgresImage }).join(), /another major version/);
        assert.deepEqual(said({ postgresImage, postgresUpgradeFrom: now }), []);
        assert.equal(said({ postgresImage, postgresUpgradeFrom: now }, now.replace("17.6", "17.5")).length, 1);
    });

    it("is not of another release of Debian, unless it is told from which", () => {
        const postgresImage = now.replace("bookworm", "trixie");
        assert.match(said({ postgresImage }).join(), /sort texts in another way/);
        assert.deepEqual(said({ postgresImage, postgresUpgradeFrom: now }), []);
    });

    it("is never of an older major version", () => {
        const args = { postgresImage: now, postgresUpgradeFrom: now.replace("17.6", "18.4") };
        assert.throws(() => resolve(args, "justdb"), /postgresUpgradeFrom[\s\S]*earlier one/);
    });
});

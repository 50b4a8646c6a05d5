import assert from "node:assert/strict";
import { majorOf, namesRelease, ofMajor, ofRelease, releaseOf } from "../../../../components/database/image";

const digest = `@sha256:${"18".repeat(32)}`;
const agrees = (pattern: string, image: string) => new RegExp(pattern).test(image);

describe("the image of PostgreSQL", () => {
    it("tells the major version by its tag", () => {
        assert.equal(majorOf("ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"), 18);
        assert.equal(majorOf("localhost:5000/postgres:17"), 17);
        assert.equal(majorOf(`postgres:16beta1-trixie${digest}`), 16);
    });

    it("tells the release of Debian, if its tag names one", () => {
        assert.equal(releaseOf(`postgresql:18.4-system-trixie${digest}`), "trixie");
        assert.equal(releaseOf("bookworm.example.com/postgresql:18.4"), undefined);
    });

    it("agrees with others of its major version", () => {
        for (const image of ["postgres:18", "a:5000/postgres:18.4-system-trixie", `postgres:18beta1${digest}`]) {
            assert.ok(agrees(ofMajor(18), image), image);
        }
        const others = ["postgres:17.6", "a:18/postgres:17.6", "postgres:180", "postgres:1.18", `postgres:17${digest}`];
        for (const image of others) assert.ok(!agrees(ofMajor(18), image), image);
    });

    it("agrees with others of its release, and with those that name none", () => {
        assert.ok(agrees(ofRelease("trixie"), `postgres:17.1-trixie${digest}`));
        assert.ok(!agrees(ofRelease("trixie"), "postgres:18.4-bookworm"));
        assert.ok(agrees(namesRelease, "postgres:18.4-bookworm"));
        assert.ok(!agrees(namesRelease, "bookworm/postgres:18.4"));
    });
});

import assert from "node:assert/strict";
import { AutoNames } from "../../../providers/lib/names";

const request = { urn: "urn:pulumi:s::p::t::data", name: "data", randomSeed: Buffer.from("seed") };

describe("sandbox/providers/lib/names", () => {
    it("gives the same name again after an update that was cut short", () => {
        const name = new AutoNames().make(request, 7);
        assert.match(name, /^data-[0-9a-f]{7}$/);
        assert.equal(new AutoNames().make(request, 7), name);
    });

    it("gives a replacement another name, since its predecessor still has the first", () => {
        const names = new AutoNames();
        const first = names.make(request, 8);
        names.noteState(request.urn);
        assert.notEqual(names.make(request, 8), first);
    });

    it("gives the same resource of two stacks two names", () => {
        const names = new AutoNames();
        assert.notEqual(names.make(request, 8), names.make({ ...request, urn: "urn:pulumi:t::p::t::data" }, 8));
    });
});

import assert from "node:assert/strict";
import { contradictions, type Decided, merged } from "../../../../components/edge/annotations";

const decided: Decided = {
    values: { "x/scheme": "internal", "x/attributes": "a=1,b=2" },
    covers: (name) => name.startsWith("x/"),
    isList: (name) => name.endsWith("attributes"),
};

describe("edge annotations", () => {
    it("contradict where they say something else, or what nobody asked for", () => {
        assert.deepEqual(contradictions(decided, { "x/scheme": "internal", "x/attributes": "c=3, b=2", y: "z" }), []);
        assert.deepEqual(contradictions(decided, { "x/scheme": "open", "x/port": "80", "x/attributes": "b=3,c=4" }), [
            { name: "x/scheme", value: "open", decided: "internal" },
            { name: "x/port", value: "80", decided: undefined },
            { name: "x/attributes", value: "b=3", decided: "b=2" },
        ]);
    });

    it("are added, to lists too", () => {
        assert.deepEqual(merged(decided, { "x/attributes": "c=d=e, a=1", y: "z" }), {
            "x/scheme": "internal",
            "x/attributes": "a=1,b=2,c=d=e",
            y: "z",
        });
    });
});

import assert from "node:assert/strict";
import { keysOfMark } from "../../../providers/aws/access-key";

describe("sandbox/providers/aws/access-key", () => {
    it("finds the key of a creation that finished without reaching the state", () => {
        assert.deepEqual(keysOfMark("key AKIA2", ["AKIA1", "AKIA2"]), ["AKIA2"]);
    });

    it("finds the key of a creation that was cut short: the one that was not there before", () => {
        assert.deepEqual(keysOfMark("creating AKIA1", ["AKIA1", "AKIA2"]), ["AKIA2"]);
        assert.deepEqual(keysOfMark("creating", ["AKIA1"]), ["AKIA1"]);
    });

    it("never takes a key of another resource", () => {
        assert.deepEqual(keysOfMark(undefined, ["AKIA1"]), []);
        assert.deepEqual(keysOfMark("key AKIA3", ["AKIA1", "AKIA2"]), []);
    });
});

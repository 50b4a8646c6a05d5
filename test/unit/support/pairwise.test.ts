import assert from "node:assert/strict";
import { combinations, pairwise } from "../../support/pairwise";

const all = combinations([
    ["a", "b", "c"],
    ["1", "2", "3"],
    ["x", "y", "z"],
    ["p", "q"],
]);

const together = (rows: string[][], i: number, j: number) => new Set(rows.map((row) => `${row[i]} ${row[j]}`));

describe("pairwise combinations", () => {
    it("have each two values together, in far fewer than all", () => {
        const chosen = pairwise(all);
        assert.equal(all.length, 54);
        assert.ok(chosen.length <= 12, `${chosen.length} were chosen`);
        for (const [i, j] of [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => [i, j] as const))) {
            assert.deepEqual([...together(chosen, i, j)].sort(), [...together(all, i, j)].sort());
        }
    });

    it("are possible ones, and leave out what never goes together", () => {
        const possible = all.filter(([letter, digit]) => !(letter === "a" && digit === "2"));
        const chosen = pairwise(possible);
        assert.ok(chosen.every((row) => possible.includes(row)));
        assert.deepEqual([...together(chosen, 0, 1)].sort(), [...together(possible, 0, 1)].sort());
        assert.ok(!together(chosen, 0, 1).has("a 2"));
    });
});

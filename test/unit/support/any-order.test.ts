import assert from "node:assert/strict";
import { Suite } from "mocha";
import { putInOrder } from "../../support/any-order";

const files = ["a", "b", "c", "d", "e"];

function suitesOf(file: string): Suite[] {
    return ["first", "second"].map((title) => Object.assign(new Suite(title), { file }));
}

function ordered(order: string, from = files): string[] {
    const suites = from.flatMap(suitesOf);
    putInOrder(suites, order);
    return suites.map(({ file, title }) => `${file} ${title}`);
}

describe("any order", () => {
    it("has all files, and what is in one of them together", () => {
        const found = ordered("1");
        assert.deepEqual(
            [...found].sort(),
            files.flatMap((file) => [`${file} first`, `${file} second`]),
        );
        for (let i = 0; i < found.length; i += 2) assert.equal(found[i]!.replace("first", "second"), found[i + 1]);
    });

    it("is the same for the same number, also when files are found in another order", () => {
        assert.deepEqual(ordered("7", [...files].reverse()), ordered("7"));
    });

    it("is another one for most other numbers", () => {
        const orders = new Set(Array.from({ length: 20 }, (_, order) => ordered(String(order)).join()));
        assert.ok(orders.size > 15, `${orders.size} orders`);
    });
});

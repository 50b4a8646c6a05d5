// Test files in an order of chance, so that none comes to rely on another one. ORDER=<number> gives an earlier order again.
import { createHash, randomInt } from "node:crypto";
import type { Context, RootHookObject, Suite } from "mocha";

const placeOf = (order: string, { file }: Suite) => createHash("sha256").update(`${order} ${file}`).digest("hex");

/** Puts suites into an order of their files. Those of one file stay together. */
export function putInOrder(suites: Suite[], order: string): void {
    suites.sort((a, b) => placeOf(order, a).localeCompare(placeOf(order, b)));
}

export const mochaHooks: RootHookObject = {
    // All files are read, and none has begun.
    beforeAll(this: Context) {
        const order = process.env.ORDER ?? String(randomInt(1_000_000));
        putInOrder(this.test!.parent!.suites, order);
        console.log(`  The files in an order of chance; the same again: ORDER=${order}`);
    },
};

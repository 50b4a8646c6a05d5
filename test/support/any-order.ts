// With ORDER=<number>, test files in another order than by name, so that none comes to rely on another one.
import { createHash } from "node:crypto";
import type { Context, RootHookObject, Suite } from "mocha";

const placeOf = (order: string, { file }: Suite) => createHash("sha256").update(`${order} ${file}`).digest("hex");

/** Puts suites into an order of their files. Those of one file stay together. */
export function putInOrder(suites: Suite[], order: string): void {
    suites.sort((a, b) => placeOf(order, a).localeCompare(placeOf(order, b)));
}

export const mochaHooks: RootHookObject = {
    // All files are read, and none has begun.
    beforeAll(this: Context) {
        const { ORDER: order } = process.env;
        if (order) putInOrder(this.test!.parent!.suites, order);
    },
};

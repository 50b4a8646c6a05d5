// The sandbox under the tests: brought up if it is not, and left as it was found.
import { down, pidOf, up } from "../../sandbox";
import { assertNothingLeft } from "./nothing-left";

let foundUp = false;

export const mochaHooks = {
    async beforeAll(this: Mocha.Context): Promise<void> {
        this.timeout(0);
        foundUp = pidOf("kube-apiserver") !== undefined;
        await up();
    },
    async afterAll(this: Mocha.Context): Promise<void> {
        this.timeout(0);
        const isUp = pidOf("kube-apiserver") !== undefined;
        if (foundUp && !isUp) await up();
        if (!foundUp && isUp) {
            await down();
            assertNothingLeft();
        }
    },
};

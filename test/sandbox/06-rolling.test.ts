import assert from "node:assert/strict";
import { withStack } from "../../sandbox/engine";
import { versions } from "../../sandbox/lib/versions";
import { sandboxStack } from "../../sandbox/up";
import { serviceUrl } from "../support/app";
import { podsReady } from "../support/cluster";
import { streamWhile } from "../support/stream";

const roll = (appImage: string) => () =>
    withStack(sandboxStack, async (stack) => void (await stack.up()), {
        config: { "justdb-cloud:appImage": appImage },
    });

describe("rolling the app to a new image tag under a steady stream of requests", () => {
    const [from, to] = versions.images.app as [string, string];
    const tag = (image: string) => image.split(":").at(-1);

    after(async () => {
        await roll(from)();
        await podsReady("app=justdb-cloud", 2);
    });

    it("drops none", async function () {
        const url = `${await serviceUrl()}/health/ready`;
        const outcomes = await streamWhile(
            () => ({ method: "GET", url }),
            async () => {
                await roll(to)();
                await podsReady("app=justdb-cloud", 2);
            },
            8,
        );
        const failed = outcomes.filter((outcome) => outcome.status !== 200);
        console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
        assert.deepEqual(
            failed.map((outcome) => outcome.error ?? outcome.status),
            [],
        );
        assert.ok(outcomes.length > 200, `only ${outcomes.length} requests were sent`);
        const seen = new Set(outcomes.map((outcome) => outcome.headers["x-app-version"]));
        assert.deepEqual([...seen], [tag(from), tag(to)], "both versions answered, the old one first");
    });
});

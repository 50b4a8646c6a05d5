import assert from "node:assert/strict";
import { kubectl } from "../../../sandbox";
import { serves } from "../../support/app";
import { exec, namespace, podsReady } from "../../support/cluster";

const pod = "justdb-redis-0";
const redis = (command: string) => exec(pod, `redis-cli ${command}`);

describe("when Redis' append-only file is broken", () => {
    const cases: Record<string, string> = {
        "is no such file any more": "this is no command",
        "holds a command that there is not": "*1\\r\\n$7\\r\\nNOTHING\\r\\n",
    };
    for (const [what, content] of Object.entries(cases)) {
        it(`because it ${what}, Redis begins empty, and the app serves again`, async () => {
            await redis("set broken yes");
            await exec(pod, `for file in /data/appendonlydir/*.incr.aof; do printf '${content}' > "$file"; done`);
            await kubectl(["-n", namespace, "delete", "pod", pod]);
            await podsReady("app=justdb-redis", 1);

            assert.match(await kubectl(["-n", namespace, "logs", pod]), /put aside as \/data\/appendonlydir\.broken/);
            assert.equal((await redis("exists broken")).trim(), "0");
            await exec(pod, "test -e /data/appendonlydir.broken && test ! -e /data/.reading");
            await podsReady("app=justdb-cloud", 2);
            await serves();
        });
    }

    it("and only then: what is whole is read again", async () => {
        await redis("set whole yes");
        await kubectl(["-n", namespace, "delete", "pod", pod]);
        await podsReady("app=justdb-redis", 1);
        assert.equal((await redis("getdel whole")).trim(), "yes");
    });
});

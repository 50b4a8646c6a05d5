import { kubectl } from "../../sandbox";
import { namespace } from "../support/cluster";
import { goesAndRecovers } from "../support/recovery";

describe("when Redis goes away", () => {
    it("the Service stops routing, and serves again by itself", async () => {
        const scale = (replicas: number) =>
            kubectl(["-n", namespace, "scale", "statefulset/justdb-redis", `--replicas=${replicas}`]);
        await goesAndRecovers(
            () => scale(0),
            () => scale(1),
        );
    });
});

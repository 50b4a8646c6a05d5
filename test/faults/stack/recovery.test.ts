import { kubectl } from "../../../sandbox";
import { namespace } from "../../support/cluster";
import { goesAndRecovers } from "../../support/recovery";

describe("when PostgreSQL goes away", () => {
    it("the Service stops routing, and serves again by itself", async () => {
        const cluster = "cluster.postgresql.cnpg.io/justdb-db";
        const hibernate = (state: string) =>
            kubectl(["-n", namespace, "annotate", "--overwrite", cluster, `cnpg.io/hibernation=${state}`]);
        await goesAndRecovers(
            () => hibernate("on"),
            () => hibernate("off"),
        );
    });
});

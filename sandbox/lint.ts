// The part of `make lint` that needs programs beside Node: the chart, and the shell scripts.
import * as path from "node:path";
import { ensureDebian } from "./debian";
import { ensureGo, goBinary } from "./go/build";
import { run } from "./lib/exec";
import { withLock } from "./lib/lock";
import { repoDir } from "./lib/paths";
import { step } from "./lib/progress";

/** Fails with what helm or shellcheck found. */
export async function lint(): Promise<void> {
    await withLock(async () => {
        await ensureDebian();
        await ensureGo(["helm"]);
    });
    await step("helm lint --strict", () =>
        run(goBinary("helm"), ["lint", "--strict", path.join(repoDir, "charts/postgres")]),
    );
    const tracked = (await run("git", ["ls-files", "*.sh", ".ci/run"], { cwd: repoDir })).trim().split("\n");
    await step("shellcheck", () => run("shellcheck", tracked, { cwd: repoDir }));
}

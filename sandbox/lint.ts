// The part of `make lint` that needs programs beside Node: the charts, the shell scripts, the alert rules, and the workflows.
import * as path from "node:path";
import { debianProgram, ensureDebian, ensureDebianPrograms } from "./debian";
import { ensureGo, goBinary } from "./go/build";
import { run } from "./lib/exec";
import { withLock } from "./lib/lock";
import { repoDir } from "./lib/paths";
import { step } from "./lib/progress";
import { pythonEnvironment } from "./python";

const zizmor = pythonEnvironment("zizmor", "zizmor", path.join(__dirname, "lint", "requirements.txt"));

/** Fails with what one of the linters found. */
export async function lint(): Promise<void> {
    await withLock(async () => {
        await ensureDebian();
        await ensureDebianPrograms("lint");
        await ensureGo(["helm", "actionlint"]);
        await zizmor.ensure();
    });
    const charts = ["database", "requirements"].map((part) => path.join(repoDir, "components", part, "chart"));
    await step("helm lint --strict", () => run(goBinary("helm"), ["lint", "--strict", ...charts]));
    const tracked = (await run("git", ["ls-files", "*.sh", ".ci/run"], { cwd: repoDir })).trim().split("\n");
    await step("shellcheck", () => run("shellcheck", tracked, { cwd: repoDir }));
    const alerts = path.join(repoDir, "components/backup/alerts");
    // The unit tests show each alert fire, and clear.
    await step("promtool check rules, test rules", async () => {
        await run(debianProgram("promtool"), ["check", "rules", "--lint-fatal", "alerts.yaml"], { cwd: alerts });
        await run(debianProgram("promtool"), ["test", "rules", "alerts.test.yaml"], { cwd: alerts });
    });
    // It checks the workflows' own scripts by the shellcheck on PATH.
    await step("actionlint", () => run(goBinary("actionlint"), [], { cwd: repoDir }));
    await step("zizmor", () =>
        run(zizmor.program("zizmor"), ["--offline", "--quiet", "--strict-collection", ".github"], { cwd: repoDir }),
    );
}

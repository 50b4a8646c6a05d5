// The part of `make lint` that needs programs beside Node: the charts, the shell scripts, the alert rules and queries, and the workflows.
import * as path from "node:path";
import { run } from "./lib/exec";
import { withLock } from "./lib/lock";
import { runMain } from "./lib/main";
import { repoDir } from "./lib/paths";
import { step } from "./lib/progress";
import { alertRules } from "./lint/alerts";
import { debianProgram, ensureCommands, ensureDebianProgram } from "./programs/debian";
import { ensureGo, goBinary } from "./programs/go/build";
import { pythonEnvironment } from "./programs/python";

const zizmor = pythonEnvironment("zizmor", "zizmor", path.join(__dirname, "lint", "requirements.txt"));

async function ensurePrograms(): Promise<void> {
    await ensureCommands({ shellcheck: "shellcheck" });
    await ensureDebianProgram("promtool", "prometheus");
    await ensureGo(["helm", "actionlint"]);
    await zizmor.ensure();
}

async function charts(): Promise<void> {
    const charts = ["database", "requirements"].map((part) => path.join(repoDir, "components", part, "chart"));
    await step("helm lint --strict", () => run(goBinary("helm"), ["lint", "--strict", ...charts]));
}

async function shellScripts(): Promise<void> {
    const tracked = (await run("git", ["ls-files", "*.sh", ".ci/run"], { cwd: repoDir })).trim().split("\n");
    await step("shellcheck", () => run("shellcheck", tracked, { cwd: repoDir }));
}

/** Tests show each alert fire, and clear; and what the analysis of a delivery finds. */
async function queries(): Promise<void> {
    const analysis = path.join(repoDir, "components/delivery/analysis.test.yaml");
    await step("promtool check rules, test rules", async () => {
        await alertRules();
        await run(debianProgram("promtool"), ["test", "rules", analysis]);
    });
}

async function workflows(): Promise<void> {
    // It checks the workflows' own scripts by the shellcheck on PATH.
    await step("actionlint", () => run(goBinary("actionlint"), [], { cwd: repoDir }));
    await step("zizmor", () =>
        run(zizmor.program("zizmor"), ["--offline", "--quiet", "--strict-collection", ".github"], { cwd: repoDir }),
    );
}

/** Fails with what one of the linters found. */
async function lint(): Promise<void> {
    await withLock(ensurePrograms);
    for (const check of [charts, shellScripts, queries, workflows]) await check();
}

runMain(lint);

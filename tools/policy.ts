// `make policy`: the policy pack over an exported state (`pulumi stack export`), with no stack, no cluster and no login.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { withLock } from "./lib/lock";
import { runMain } from "./lib/main";
import { pulumiHome } from "./lib/paths";
import { PlainError } from "./lib/plain-error";
import { policyPack } from "./policy-pack";
import { ensureGo } from "./programs/go/build";
import { useProgramPath } from "./programs/path";

/** Ends with the engine's code: 0 when no mandatory rule is broken. `options` go on to `pulumi policy analyze`. */
async function policy(state: string | undefined, options: string[]): Promise<void> {
    if (!state || !fs.existsSync(state)) {
        const given = state ? `there is no file ${state}` : "no state was given";
        throw new PlainError(
            `make policy STATE=export.json: ${given}. Make one with: pulumi stack export --file export.json`,
        );
    }
    await withLock(() => ensureGo(["pulumi"]));
    fs.mkdirSync(pulumiHome, { recursive: true, mode: 0o700 });
    useProgramPath();
    const pack = policyPack.policyPacks.flatMap((dir) => ["--policy-pack", dir]);
    const config = policyPack.policyPackConfigs.flatMap((file) => ["--policy-pack-config", file]);
    const { status } = spawnSync("pulumi", ["policy", "analyze", "--file", state, ...pack, ...config, ...options], {
        stdio: "inherit",
        env: { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    process.exitCode = status ?? 1;
}

const [state, ...options] = process.argv.slice(2);
runMain(() => policy(state, options));

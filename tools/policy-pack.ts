// The policy pack and its configuration, as the engine takes them in a preview or an update.
import * as path from "node:path";
import { repoDir } from "./lib/paths";

export const policyPack = {
    policyPacks: [path.join(repoDir, "policy")],
    policyPackConfigs: [path.join(repoDir, "policy-config.json")],
};

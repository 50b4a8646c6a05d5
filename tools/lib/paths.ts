// Where things are kept: what takes long to make lives in the cache, what one run of the sandbox needs lives in `run` and goes with it.
import * as os from "node:os";
import * as path from "node:path";

const userCache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");

export const repoDir = path.resolve(__dirname, "../..");
export const cacheDir = path.join(userCache, "justdb-cloud");
export const runDir = path.join(cacheDir, "run");
export const logDir = path.join(runDir, "log");
/** What a killed program leaves here goes with the run. */
export const temporary = path.join(runDir, "tmp");
export const pulumiHome = path.join(runDir, "pulumi-home");

// Where the sandbox keeps things: what is dear to make lives in the cache, what one run needs lives in `run` and goes with it.
import * as os from "node:os";
import * as path from "node:path";

const userCache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");

export const repoDir = path.resolve(__dirname, "../..");
export const cacheDir = path.join(userCache, "justdb-cloud");
export const imageDir = path.join(cacheDir, "images");
export const runDir = path.join(cacheDir, "run");
export const logDir = path.join(runDir, "log");

export const temporary = path.join(runDir, "tmp");

export const kubeconfig = path.join(runDir, "kubeconfig");
export const awsCredentials = path.join(runDir, "aws.json");
export const pulumiHome = path.join(runDir, "pulumi-home");
export const pulumiState = path.join(runDir, "pulumi-state");
export const passphraseFile = path.join(runDir, "passphrase");

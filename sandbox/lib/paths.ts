// Where the sandbox keeps what is its own, within the folders of tools/lib/paths.ts.
import * as path from "node:path";
import { cacheDir, runDir } from "../../tools/lib/paths";

export const imageDir = path.join(cacheDir, "images");

/** Taken while everything is taken away; outside of what goes with it. */
export const downLock = path.join(cacheDir, "down.lock");

export const kubeconfig = path.join(runDir, "kubeconfig");
export const awsCredentials = path.join(runDir, "aws.json");
/** Ids of keys that the AWS API does not know yet: for tests. */
export const unknownKeys = path.join(runDir, "unknown-keys");
/** Seconds for which it knows no new key: for tests. */
export const newKeys = path.join(runDir, "new-keys");
export const pulumiState = path.join(runDir, "pulumi-state");
/** Where the engine works for a stack. */
export const projectDir = (stack: string) => path.join(runDir, "projects", stack);
export const passphraseFile = path.join(runDir, "passphrase");

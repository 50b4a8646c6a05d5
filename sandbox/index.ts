// What tests and measurements may use of the sandbox. Importing it does nothing yet: what is slow to load is loaded when it is called.
export { run, marker, ProgramError } from "../tools/lib/exec";
export { cacheDir, logDir, repoDir, runDir } from "../tools/lib/paths";
export { say, waitFor } from "../tools/lib/progress";
export { policyPack } from "../tools/policy-pack";
export { goBinary } from "../tools/programs/go/build";
export { administrator, awsEndpoint, type AwsKey, awsRegion, moto } from "./aws/moto";
export { apiServiceAddress, bridge, containerdState, etcdClient, nodeAddress, podBridge } from "./cluster/addresses";
export { operatorObjects } from "./cluster/addons/cloudnative-pg";
export { ensureVolumes } from "./cluster/addons/volumes";
export { jobEnds, jobLog, startJob } from "./cluster/jobs";
export { apply, kubectl, secretValue } from "./cluster/kubectl";
export { linkExists } from "./cluster/link";
export { pki } from "./cluster/pki";
export { down } from "./commands/down";
export { signToken } from "./commands/token";
export { sandboxStack, withStack } from "./engine";
export { sandboxEnvironment } from "./environment";
export { logTail, pidOf, start, strays } from "./lib/daemons";
export { imageDir, kubeconfig, pulumiState, temporary } from "./lib/paths";
export { startMachine } from "./machine";
export { stackNames } from "./stack-file";
export { versions } from "./versions";

/** `make up`. */
export const up = async () => (await import("./commands/up")).up();

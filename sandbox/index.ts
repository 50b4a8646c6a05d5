// What tests and measurements may use of the sandbox.
export { run, marker, ProgramError } from "../tools/lib/exec";
export { cacheDir, logDir, repoDir, runDir, temporary } from "../tools/lib/paths";
export { say, waitFor } from "../tools/lib/progress";
export { stackNames } from "../tools/lib/stack-file";
export { policyPack } from "../tools/policy-pack";
export { goBinary } from "../tools/programs/go/build";
export { pythonEnvironment } from "../tools/programs/python";
export { argoRolloutsDefinitions, startArgoRollouts, stopArgoRollouts } from "./argo-rollouts";
export { administrator, awsEndpoint, type AwsKey, awsRegion, moto } from "./aws/moto";
export { badApps, loadBadApps } from "./bad-apps";
export {
    apiServiceAddress,
    bridge,
    containerdState,
    dnsServiceAddress,
    etcdClient,
    nodeAddress,
    nodeName,
    podBridge,
} from "./cluster/addresses";
export { operatorObjects } from "./cluster/addons/cloudnative-pg";
export { ensureVolumes } from "./cluster/addons/volumes";
export { installDefinitions, removeDefinitions } from "./cluster/definitions";
export { jobEnds, jobLog, startJob } from "./cluster/jobs";
export { apply, kubectl, secretValue } from "./cluster/kubectl";
export { tagImage } from "./cluster/node";
export { linkExists } from "./cluster/link";
export { certManagerDefinitions, startCertManager, stopCertManager } from "./cert-manager";
export { pki } from "./cluster/pki";
export { down } from "./commands/down";
export { signToken } from "./commands/token";
export { up } from "./commands/up";
export { sandboxStack, withStack } from "./engine";
export { sandboxEnvironment } from "./environment";
export { isUp, takeDownWhenInterrupted } from "./interrupt";
export { startExternalDns, stopExternalDns } from "./external-dns";
export { istioDefinitions } from "./istio";
export { logTail, pidOf, start, strays } from "./lib/daemons";
export { imageDir, kubeconfig, newKeys, projectDir, pulumiState, unknownKeys } from "./lib/paths";
export { startLoadBalancers, stopLoadBalancers } from "./load-balancers/daemon";
export { startMachine } from "./machine";
export { startMetricsServer, stopMetricsServer } from "./metrics-server";
export { loadNextPostgres } from "./next-postgres";
export {
    bucketFolder,
    objectStoreAddress,
    objectStoreRegion,
    startObjectStore,
    stopObjectStore,
    type ObjectStore,
} from "./object-store";
export { collected, collectorService, startOtelCollector, stopOtelCollector } from "./otel-collector";
export { prometheusUrl } from "./prometheus/objects";
export { startPrometheus, stopPrometheus } from "./prometheus/start";
export { stopSight } from "./sight/start";
export { traefikDefinitions } from "./traefik/definitions";
export { startTraefik, stopTraefik } from "./traefik/start";
export { versions } from "./versions";

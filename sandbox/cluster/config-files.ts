// The configuration files of the container runtime, its network, kubelet and kube-proxy.
import * as fs from "node:fs";
import * as path from "node:path";
import { runDir } from "../../tools/lib/paths";
import { cniPlugins } from "../debian";
import { kubeconfig } from "../lib/paths";
import { versions } from "../versions";
import * as at from "./addresses";
import { pki } from "./pki";

export const configFile = (name: string) => path.join(runDir, "config", name);

const containerd = () => `version = 2
root = "${path.join(runDir, "containerd")}"
state = "${at.containerdState}"
[grpc]
  address = "${at.containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  # Machines without CAP_SYS_RESOURCE cannot lower a score, and every pod would die of it.
  restrict_oom_score_adj = true
  sandbox_image = "${versions.images.pause}"
  # Among our own mounts, so that they are told from those of others.
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${cniPlugins}"
    conf_dir = "${path.join(runDir, "cni")}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
`;

const cni = () => ({
    cniVersion: "1.0.0",
    name: at.cniNetwork,
    plugins: [
        {
            type: "bridge",
            bridge: at.podBridge,
            isGateway: true,
            ipMasq: false,
            hairpinMode: true,
            ipam: {
                type: "host-local",
                dataDir: path.join(runDir, "cni-addresses"),
                ranges: [[{ subnet: at.podCidr }]],
                routes: [{ dst: "0.0.0.0/0" }],
            },
        },
        { type: "portmap", capabilities: { portMappings: true } },
    ],
});

const kubelet = () => ({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    authentication: {
        anonymous: { enabled: false },
        webhook: { enabled: true },
        x509: { clientCAFile: pki("ca.crt") },
    },
    authorization: { mode: "Webhook" },
    address: at.nodeAddress,
    healthzBindAddress: "127.0.0.1",
    cgroupDriver: "cgroupfs",
    failCgroupV1: false,
    failSwapOn: false,
    containerRuntimeEndpoint: `unix://${at.containerdSocket}`,
    podLogsDir: path.join(runDir, "pod-logs"),
    clusterDNS: [at.dnsServiceAddress],
    clusterDomain: "cluster.local",
    resolvConf: "",
    // Images come from an archive and cannot be pulled again, so none is ever collected, nor by an eviction for want of disk, which begins with them.
    imageGCHighThresholdPercent: 100,
    evictionHard: { "memory.available": "100Mi" },
});

const kubeProxy = () => ({
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig },
    mode: "iptables",
    clusterCIDR: at.podCidr,
    hostnameOverride: at.nodeName,
    bindAddress: "127.0.0.1",
    // Ports of Services, and those of their health checks: on the bridge alone, where nobody beyond this machine gets to.
    nodePortAddresses: [`${at.nodeAddress}/32`],
    healthzBindAddress: "127.0.0.1:10256",
    metricsBindAddress: "127.0.0.1:10249",
    conntrack: { maxPerCore: 0 },
    // A rule is in force within this time after a pod becomes ready or stops to be.
    iptables: { minSyncPeriod: "200ms" },
});

export function writeConfigFiles(): void {
    fs.mkdirSync(configFile(""), { recursive: true });
    fs.mkdirSync(path.join(runDir, "cni"), { recursive: true });
    const json = (value: unknown) => JSON.stringify(value, null, 2);
    fs.writeFileSync(configFile("containerd.toml"), containerd());
    fs.writeFileSync(path.join(runDir, "cni", "10-sandbox.conflist"), json(cni()));
    fs.writeFileSync(configFile("kubelet.json"), json(kubelet()));
    fs.writeFileSync(configFile("kube-proxy.json"), json(kubeProxy()));
}

// The Kubernetes node: every part is the real one and runs as a process of this machine.
import * as fs from "node:fs";
import * as path from "node:path";
import { alive, run } from "../../tools/lib/exec";
import { runDir } from "../../tools/lib/paths";
import { waitFor } from "../../tools/lib/progress";
import { goBinary } from "../../tools/programs/go/build";
import { debianBinary, debianPath } from "../debian";
import { logTail, start } from "../lib/daemons";
import { kubeconfig } from "../lib/paths";
import * as at from "./addresses";
import { configFile, writeConfigFiles } from "./config-files";
import { kubectl } from "./kubectl";
import { ensureLink } from "./link";
import { ensurePki, frontProxy, pki } from "./pki";

const withRuntime = { PATH: `${debianPath}:${process.env.PATH}` };

/** Starts a part and stays with it until `ready`; fails at once, with its log, when it ends. */
async function startAndWait(
    name: string,
    command: string,
    args: string[],
    ready: () => Promise<boolean | string>,
    env: NodeJS.ProcessEnv = {},
): Promise<void> {
    const pid = start(name, command, args, env);
    let ended = false;
    await waitFor(name, 120_000, async () => (ended = !alive(pid)) || ready());
    if (ended) throw new Error(`${name} ended. The end of its log:\n${logTail(name)}`);
}

async function answers(url: string): Promise<boolean> {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
}

async function startEtcd(): Promise<void> {
    const args = ["--data-dir", path.join(runDir, "etcd"), "--listen-client-urls", at.etcdClient];
    // The data lives no longer than the run, so it need not survive a power cut.
    args.push("--advertise-client-urls", at.etcdClient, "--listen-peer-urls", at.etcdPeer, "--unsafe-no-fsync");
    args.push("--initial-advertise-peer-urls", at.etcdPeer, "--initial-cluster", `default=${at.etcdPeer}`);
    await startAndWait("etcd", goBinary("etcd"), args, () => answers(`${at.etcdClient}/health`));
}

async function startApiServer(): Promise<void> {
    const args = [
        `--etcd-servers=${at.etcdClient}`,
        `--bind-address=${at.nodeAddress}`,
        `--advertise-address=${at.nodeAddress}`,
        "--secure-port=6443",
        `--tls-cert-file=${pki("apiserver.crt")}`,
        `--tls-private-key-file=${pki("apiserver.key")}`,
        `--client-ca-file=${pki("ca.crt")}`,
        `--service-account-key-file=${pki("sa.pub")}`,
        `--service-account-signing-key-file=${pki("sa.key")}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        `--service-cluster-ip-range=${at.serviceCidr}`,
        "--authorization-mode=Node,RBAC",
        "--allow-privileged",
        `--kubelet-client-certificate=${pki("admin.crt")}`,
        `--kubelet-client-key=${pki("admin.key")}`,
        "--kubelet-preferred-address-types=InternalIP",
        `--requestheader-client-ca-file=${pki("ca.crt")}`,
        // The authority has signed others' certificates too.
        `--requestheader-allowed-names=${frontProxy}`,
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        `--proxy-client-cert-file=${pki(`${frontProxy}.crt`)}`,
        `--proxy-client-key-file=${pki(`${frontProxy}.key`)}`,
    ];
    await startAndWait("kube-apiserver", goBinary("kube-apiserver"), args, async () => {
        return (await kubectl(["get", "--raw", "/readyz"])) === "ok";
    });
}

async function startRuntime(): Promise<void> {
    const args = ["-c", configFile("containerd.toml")];
    await startAndWait(
        "containerd",
        debianBinary("containerd"),
        args,
        () => ctr("version").then(() => true),
        withRuntime,
    );
}

const ctr = (...args: string[]) => run(debianBinary("ctr"), ["-a", at.containerdSocket, "-n", "k8s.io", ...args]);

/** Gives an image that the node has one more name, as if it had been pulled by that. */
export const tagImage = (name: string, more: string): Promise<string> => ctr("images", "tag", "--force", name, more);

/** Puts an image archive into the container runtime, once. */
export async function importImage(archive: string): Promise<void> {
    const imported = path.join(runDir, "imported", path.basename(archive));
    if (fs.existsSync(imported)) return;
    await ctr("images", "import", archive);
    fs.mkdirSync(path.dirname(imported), { recursive: true });
    fs.writeFileSync(imported, "");
}

function startControllers(): void {
    start("kube-controller-manager", goBinary("kube-controller-manager"), [
        `--kubeconfig=${kubeconfig}`,
        "--bind-address=127.0.0.1",
        `--service-account-private-key-file=${pki("sa.key")}`,
        `--root-ca-file=${pki("ca.crt")}`,
        "--use-service-account-credentials",
        "--allocate-node-cidrs",
        `--cluster-cidr=${at.podCidr}`,
        "--leader-elect=false",
    ]);
    start("kube-scheduler", goBinary("kube-scheduler"), [
        `--kubeconfig=${kubeconfig}`,
        "--bind-address=127.0.0.1",
        "--leader-elect=false",
    ]);
}

async function startKubelet(): Promise<void> {
    const args = [
        `--config=${configFile("kubelet.json")}`,
        `--kubeconfig=${kubeconfig}`,
        `--hostname-override=${at.nodeName}`,
        `--node-ip=${at.nodeAddress}`,
        `--root-dir=${path.join(runDir, "kubelet")}`,
    ];
    const condition = `jsonpath={.status.conditions[?(@.type=="Ready")].status}`;
    await startAndWait(
        "kubelet",
        goBinary("kubelet"),
        args,
        async () => (await kubectl(["get", "node", at.nodeName, "-o", condition])) === "True",
        withRuntime,
    );
}

function startNetwork(): void {
    start("kube-proxy", goBinary("kube-proxy"), [`--config=${configFile("kube-proxy.json")}`]);
    const args = [
        `--kubeconfig=${kubeconfig}`,
        "--run-firewall=true",
        "--run-router=false",
        "--run-service-proxy=false",
        `--hostname-override=${at.nodeName}`,
        `--service-cluster-ip-range=${at.serviceCidr}`,
        "--metrics-port=0",
        "--health-port=0",
    ];
    start("kube-router", goBinary("kube-router"), args, { NODE_NAME: at.nodeName });
}

/** Brings up the node, or what is missing of it. `archives` hold the images to have. */
export async function startNode(archives: string[]): Promise<void> {
    fs.mkdirSync(runDir, { recursive: true, mode: 0o700 });
    await ensureLink();
    await ensurePki();
    writeConfigFiles();
    await startEtcd();
    await Promise.all([startApiServer(), startRuntime()]);
    for (const archive of archives) await importImage(archive);
    startControllers();
    await startKubelet();
    startNetwork();
}

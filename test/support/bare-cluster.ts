// A second Kubernetes API, with nothing installed: its own API server over the sandbox's etcd, under a prefix of its own. It has no
// node and no controllers, which is enough to ask what it serves and to see what is made in it.
import * as fs from "node:fs";
import * as path from "node:path";
import { etcdClient, nodeAddress } from "../../sandbox/cluster/addresses";
import { pki } from "../../sandbox/cluster/pki";
import { goBinary } from "../../sandbox/go/build";
import { logTail, pidOf, start } from "../../sandbox/lib/daemons";
import { run } from "../../sandbox/lib/exec";
import { kubeconfig, temporary } from "../../sandbox/lib/paths";
import { waitFor } from "../../sandbox/lib/progress";

const name = "bare-kube-apiserver";
const port = 6543;

export interface BareCluster {
    /** Path of the administrator's kubeconfig. */
    kubeconfig: string;
    kubectl(args: string[], input?: string): Promise<string>;
    stop(): Promise<void>;
}

/** Starts it afresh. */
export async function startBareCluster(): Promise<BareCluster> {
    const file = path.join(temporary, "bare-kubeconfig");
    const config = JSON.parse(fs.readFileSync(kubeconfig, "utf8")) as { clusters: [{ cluster: { server: string } }] };
    config.clusters[0].cluster.server = `https://${nodeAddress}:${port}`;
    fs.writeFileSync(file, JSON.stringify(config), { mode: 0o600 });

    const pid = start(name, goBinary("kube-apiserver"), [
        `--etcd-servers=${etcdClient}`,
        `--etcd-prefix=/bare-${Date.now()}`,
        `--bind-address=${nodeAddress}`,
        `--advertise-address=${nodeAddress}`,
        `--secure-port=${port}`,
        `--tls-cert-file=${pki("apiserver.crt")}`,
        `--tls-private-key-file=${pki("apiserver.key")}`,
        `--client-ca-file=${pki("ca.crt")}`,
        `--service-account-key-file=${pki("sa.pub")}`,
        `--service-account-signing-key-file=${pki("sa.key")}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.98.0.0/16",
        "--authorization-mode=RBAC",
        // Pods without a controller that makes service accounts.
        "--disable-admission-plugins=ServiceAccount",
    ]);
    const kubectl = (args: string[], input?: string) =>
        run(goBinary("kubectl"), ["--kubeconfig", file, ...args], { input });
    const stop = async () => {
        if (pidOf(name) === pid) process.kill(pid, "SIGKILL");
        await waitFor("the end of the second API server", 10_000, () => Promise.resolve(pidOf(name) === undefined));
        fs.rmSync(file, { force: true });
    };
    try {
        await waitFor(name, 60_000, async () => {
            if (pidOf(name) === undefined) throw new Error(`${name} ended:\n${logTail(name)}`);
            return (await kubectl(["get", "--raw", "/readyz"])) === "ok";
        });
    } catch (error) {
        await stop();
        throw error;
    }
    return { kubeconfig: file, kubectl, stop };
}

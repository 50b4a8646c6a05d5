// A second cluster, with nothing installed: an API server of its own over the sandbox's etcd, under a prefix of its own, and the
// controllers. It has no node, which is enough to see what is made in it.
import * as fs from "node:fs";
import * as path from "node:path";
import {
    etcdClient,
    goBinary,
    kubeconfig,
    logTail,
    nodeAddress,
    pidOf,
    pki,
    run,
    start,
    temporary,
    waitFor,
} from "../../sandbox";

const name = "bare-kube-apiserver";
const controllers = "bare-kube-controller-manager";
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

    start(name, goBinary("kube-apiserver"), [
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
    ]);
    const kubectl = (args: string[], input?: string) =>
        run(goBinary("kubectl"), ["--kubeconfig", file, ...args], { input });
    const stop = async () => {
        for (const daemon of [controllers, name]) {
            const running = pidOf(daemon);
            if (running) process.kill(running, "SIGKILL");
            await waitFor(`the end of ${daemon}`, 10_000, () => Promise.resolve(pidOf(daemon) === undefined));
        }
        fs.rmSync(file, { force: true });
    };
    try {
        await waitFor(name, 60_000, async () => {
            if (pidOf(name) === undefined) throw new Error(`${name} ended:\n${logTail(name)}`);
            return (await kubectl(["get", "--raw", "/readyz"])) === "ok";
        });
        start(controllers, goBinary("kube-controller-manager"), [
            `--kubeconfig=${file}`,
            "--secure-port=0",
            `--service-account-private-key-file=${pki("sa.key")}`,
            `--root-ca-file=${pki("ca.crt")}`,
            "--use-service-account-credentials",
            // No kubelet reports for a node that a test makes up.
            "--controllers=*,-node-lifecycle-controller",
            "--leader-elect=false",
        ]);
    } catch (error) {
        await stop();
        throw error;
    }
    return { kubeconfig: file, kubectl, stop };
}

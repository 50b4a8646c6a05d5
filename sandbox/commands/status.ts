// `make status`: which parts run, and what the cluster says.
import { say } from "../../tools/lib/progress";
import { goBinary } from "../../tools/programs/go/build";
import { kubectl } from "../cluster/kubectl";
import { pidOf } from "../lib/daemons";
import { kubeconfig } from "../lib/paths";

export const daemons = [
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "containerd",
    "kubelet",
    "kube-proxy",
    "kube-router",
    "moto",
];

export async function status(): Promise<void> {
    for (const name of daemons) say(`${name.padEnd(24)} ${pidOf(name) ? `runs (${pidOf(name)})` : "does not run"}`);
    if (!pidOf("kube-apiserver")) return say("\nThe sandbox is down: make up");
    say(`\n${await kubectl(["get", "pods", "-A", "-o", "wide"])}`);
    say(`alias kubectl="${goBinary("kubectl")} --kubeconfig ${kubeconfig}"`);
}

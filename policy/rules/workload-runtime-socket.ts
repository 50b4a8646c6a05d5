import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { eachObject, eachPod, type ResourceRule } from "../lib/rule";
import { holdsRuntimeSocket } from "../lib/kubernetes/runtime-sockets";

function checkPath(path: Field, judge: Judge): void {
    if (path.absent || !holdsRuntimeSocket(path.text ?? "")) return;
    judge.wrong(path, "holds the socket of the container runtime, and with it the node; mount a folder without one");
}

const podVolumes = eachPod((pod, judge) =>
    judge.each(pod.volumes(), (volume) => checkPath(volume.at("hostPath", "path"), judge)),
);

/** A pod reaches the node's files by a claim of such a volume as well. */
const persistentVolumes = eachObject([{ kind: "PersistentVolume", groups: [""] }], ({ fields }, judge) =>
    judge.each(["hostPath", "local"], (source) => checkPath(fields.at("spec", source, "path"), judge)),
);

export const workloadRuntimeSocket: ResourceRule = {
    name: "workload-runtime-socket",
    description: "No volume holds the socket of a container runtime, or a folder of the node that has one in it.",
    severity: "critical",
    level: "mandatory",
    references: ["Kyverno disallow-cri-sock-mount", "CKV_K8S_27", "KSV-0006"],
    remediation: "Mount no path of the node, or only a folder with nothing of the container runtime in it.",
    check: (resource, judge, config) =>
        judge.each([podVolumes, persistentVolumes], (part) => part(resource, judge, config)),
};

import { handlers } from "../lib/kubernetes/pods";
import { eachContainer, type ResourceRule } from "../lib/rule";

const places = handlers.flatMap((handler) => ["httpGet", "tcpSocket"].map((action) => [...handler, action, "host"]));

export const podSecurityHostProbes: ResourceRule = {
    name: "pod-security-host-probes",
    description: "No probe and no lifecycle hook makes the kubelet connect to another host than the pod.",
    severity: "medium",
    level: "mandatory",
    references: ["PSA hostProbesAndHostLifecycle"],
    remediation:
        "Leave host out of httpGet and tcpSocket in probes and lifecycle hooks; a Host header goes into httpHeaders.",
    check: eachContainer((container, _pod, judge) =>
        judge.each(places, (place) => {
            const host = container.fields.at(...place);
            if (host.value !== undefined && host.value !== "") judge.wrong(host, "must be empty or absent");
        }),
    ),
};

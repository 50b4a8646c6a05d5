import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import type { Pod } from "../lib/kubernetes/pods";
import { eachContainer, type ResourceRule } from "../lib/rule";
import { isWindows, wrongOrMissing } from "../lib/kubernetes/security-context";

function dropsAll(drop: Field, pod: Pod, judge: Judge): void {
    // One known ALL is enough, whatever the others turn out to be.
    const [unknown, known] = [drop.items.filter((item) => item.unknown), drop.items.filter((item) => !item.unknown)];
    if (known.some(({ value }) => value === "ALL") || isWindows(pod)) return;
    for (const item of unknown) void item.value;
    wrongOrMissing(pod, drop, judge, 'must include "ALL"');
}

function addsOnlyPorts(add: Field, pod: Pod, judge: Judge): void {
    judge.each(add.items, (item) => {
        if (item.value === "NET_BIND_SERVICE" || isWindows(pod)) return;
        const name = item.secret ? "a capability" : (item.text ?? "a capability");
        judge.wrong(item, `adds ${name}; only NET_BIND_SERVICE may be added`);
    });
}

export const podSecurityCapabilities: ResourceRule = {
    name: "pod-security-capabilities",
    description: "Every container drops all capabilities and adds none but NET_BIND_SERVICE.",
    severity: "high",
    level: "mandatory",
    references: [
        "PSA capabilities_restricted",
        "Kyverno disallow-capabilities-strict",
        "CKV_K8S_37",
        "KSV-0106",
        "C-0046",
    ],
    remediation:
        'Set securityContext.capabilities.drop to ["ALL"] in every container, and add only NET_BIND_SERVICE, which lets it listen below port 1024.',
    check: eachContainer((container, pod, judge) => {
        const of = (list: string) => container.fields.at("securityContext", "capabilities", list);
        judge.part(() => dropsAll(of("drop"), pod, judge));
        judge.part(() => addsOnlyPorts(of("add"), pod, judge));
    }),
};

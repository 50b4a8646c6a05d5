import type { UnknownValue } from "../lib/field";
import { elsewhere, podsToIsolate, policiesOf, type StackPolicy } from "../lib/kubernetes/isolation";
import { type Direction, directions } from "../lib/kubernetes/network-policy";
import type { StackRule } from "../lib/rule";
import type { PlacedPod, Stack } from "../lib/stack";
import { podsOfStack } from "../lib/kubernetes/stack-pods";
import { settled } from "../lib/verdict";

/** Which pods of a namespace a policy isolates: surely, or as the value says. */
function isolated(stack: Stack, namespace: string, direction: Direction): Map<PlacedPod, true | UnknownValue> {
    const found = new Map<PlacedPod, true | UnknownValue>();
    const policies = policiesOf(stack);
    const may = (pod: PlacedPod, value: UnknownValue) => found.set(pod, found.get(pod) ?? value);
    const take = (policy: StackPolicy, unknown?: UnknownValue) => {
        const isolates = policy.isolates[direction];
        if (isolates === false) return;
        const { sure, open } = podsOfStack(stack).select(namespace, policy.selector);
        const doubt = unknown ?? (isolates === true ? undefined : isolates);
        for (const pod of sure) {
            if (doubt) may(pod, doubt);
            else found.set(pod, true);
        }
        for (const [pod, value] of open) may(pod, value);
    };
    for (const policy of policies.in(namespace)) take(policy);
    for (const [policy, where] of policies.openIn(namespace)) take(policy, where);
    return found;
}

export const stackPodNetwork: StackRule = {
    name: "stack-pod-network",
    description: "Each pod of the stack is selected by a NetworkPolicy for ingress and by one for egress.",
    severity: "high",
    level: "mandatory",
    references: ["kube-score pod-networkpolicy", "CKV2_K8S_6", "C-0260"],
    remediation:
        "Add a NetworkPolicy whose podSelector selects the pod's labels, with Ingress and Egress in policyTypes.",
    config: elsewhere,
    checkStack: (stack, judge, config) => {
        judge.each(podsToIsolate(stack, config), ([namespace, pods]) =>
            judge.each(directions, (direction) => {
                const found = isolated(stack, namespace, direction);
                judge.each(pods, (pod) => {
                    if (settled(found.get(pod) ?? false)) return;
                    const problem = `no NetworkPolicy selects its pods for ${direction.toLowerCase()}, so that all of it is allowed`;
                    judge.wrong(pod.resource, undefined, problem);
                });
            }),
        );
        judge.each(podsOfStack(stack).all.open, ([, where]) => settled(where));
    },
};

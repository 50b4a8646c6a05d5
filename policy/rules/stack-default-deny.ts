import { denies, elsewhere, podsToIsolate, policiesOf } from "../lib/kubernetes/isolation";
import { nameOfNamespace, namespacesOf } from "../lib/kubernetes/namespaces";
import { directions } from "../lib/kubernetes/network-policy";
import type { StackRule } from "../lib/rule";
import { podsOfStack } from "../lib/kubernetes/stack-pods";
import { allOf, anyOf, settled } from "../lib/verdict";

export const stackDefaultDeny: StackRule = {
    name: "stack-default-deny",
    description:
        "Each namespace in which the stack runs pods denies all traffic that no network policy allows, in and out.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno add-network-policy"],
    remediation:
        "Add a NetworkPolicy with `podSelector: {}` and `policyTypes: [Ingress, Egress]` to the namespace; a policy of " +
        "Cilium, Calico or the network-policy-api that denies by default counts as well.",
    config: elsewhere,
    checkStack: (stack, judge, config) => {
        const policies = policiesOf(stack);
        const made = new Map([...namespacesOf(stack).values()].map((namespace) => [namespace.key, namespace]));
        judge.each(podsToIsolate(stack, config), ([namespace, [pod]]) =>
            judge.each(directions, (direction) => {
                const sure = policies.in(namespace).map((policy) => denies(policy, direction));
                const elsewhere = policies
                    .openIn(namespace)
                    .map(([policy, where]) => allOf([denies(policy, direction), where]));
                if (settled(anyOf([...sure, ...elsewhere]))) return;
                const { resource } = made.get(namespace) ?? pod!;
                judge.wrong(
                    resource,
                    undefined,
                    `no NetworkPolicy denies ${direction.toLowerCase()} by default in the namespace ${nameOfNamespace(namespace)}; ` +
                        `it needs one with an empty podSelector and ${direction} in policyTypes`,
                );
            }),
        );
        // Pods whose namespace is not known are not forgotten.
        judge.each(podsOfStack(stack).all.open, ([, where]) => settled(where));
    },
};

import { elsewhere, podsToIsolate, policiesOf, type StackPolicy } from "../lib/kubernetes/isolation";
import { isEmpty } from "../lib/kubernetes/label-selector";
import { nameOfNamespace, namespacesOf } from "../lib/kubernetes/namespaces";
import { allowsAll, type Direction, directions, rulesOf } from "../lib/kubernetes/network-policy";
import type { StackRule } from "../lib/rule";
import { podsOfStack } from "../lib/kubernetes/stack-pods";
import { allOf, anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

/** Whether the policy denies every pod of its namespace all that no rule allows. */
const denies =
    (direction: Direction) =>
    (policy: StackPolicy): Verdict =>
        allOf([
            isEmpty(policy.selector),
            policy.isolates[direction],
            orUnknown(() => !settled(open(policy, direction))),
        ]);

const open = ({ object }: StackPolicy, direction: Direction): Verdict =>
    anyOf(rulesOf(object, direction).map((rule) => allowsAll(rule, direction)));

export const stackDefaultDeny: StackRule = {
    name: "stack-default-deny",
    description:
        "Each namespace in which the stack runs pods denies all traffic that no NetworkPolicy allows, in and out.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno add-network-policy", "C-0030", "C-0206"],
    remediation: "Add a NetworkPolicy with `podSelector: {}` and `policyTypes: [Ingress, Egress]` to the namespace.",
    config: elsewhere,
    checkStack: (stack, judge, config) => {
        const policies = policiesOf(stack);
        const made = new Map([...namespacesOf(stack).values()].map((namespace) => [namespace.key, namespace]));
        judge.each(podsToIsolate(stack, config), ([namespace, [pod]]) =>
            judge.each(directions, (direction) => {
                const sure = policies.in(namespace).map(denies(direction));
                const elsewhere = policies.open.map(([policy, where]) => allOf([denies(direction)(policy), where]));
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

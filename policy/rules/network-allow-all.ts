import {
    allowsAll,
    type Direction,
    directions,
    isolates,
    networkPolicies,
    peersOf,
    rulesOf,
} from "../lib/kubernetes/network-policy";
import type { Field } from "../lib/field";
import { eachObject, type ResourceRule } from "../lib/rule";
import { settled } from "../lib/verdict";

/** The place that says it: the one block that is everything, the peers, or the rule that has none. */
function culprit(rule: Field, direction: Direction): Field {
    const peers = peersOf(rule, direction);
    if (peers.items.length === 0) return rule;
    return peers.items.length === 1 ? peers.items[0]!.at("ipBlock", "cidr") : peers;
}

export const networkAllowAll: ResourceRule = {
    name: "network-allow-all",
    description: "No NetworkPolicy lets all traffic in from, or out to, anywhere.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Name the peers of the rule by podSelector, namespaceSelector or ipBlock, or at least the ports. An ipBlock of all addresses " +
        "needs `except`, such as the private networks for what only talks to the internet.",
    check: eachObject([networkPolicies], (policy, judge) =>
        judge.each(directions, (direction) => {
            const rules = rulesOf(policy, direction);
            if (rules.length === 0 || !settled(isolates(policy, direction))) return;
            judge.each(rules, (rule) => {
                if (!settled(allowsAll(rule, direction))) return;
                const where = direction === "Ingress" ? "from" : "to";
                judge.wrong(
                    culprit(rule, direction),
                    `allows every port ${where} anywhere; name the peers or the ports`,
                );
            });
        }),
    ),
};

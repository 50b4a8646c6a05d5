import { ingresses } from "../lib/kubernetes/ingress";
import { eachObject, type ResourceRule } from "../lib/rule";

export const ingressHost: ResourceRule = {
    name: "ingress-host",
    description: "Each rule of an Ingress is for one host.",
    severity: "medium",
    level: "advisory",
    why: "A cluster, or a load balancer, of one application may well serve every host, and one of many tenants a wildcard.",
    references: ["Kyverno restrict-ingress-wildcard"],
    remediation: "Set host of each rule of the Ingress to a full host name.",
    check: eachObject(ingresses, (ingress, judge) => {
        const rules = ingress.fields.at("spec", "rules");
        if (rules.items.length === 0) judge.missing(ingress, rules, "is absent, so that the Ingress takes every host");
        judge.each(rules.items, (rule) => {
            const host = rule.at("host");
            if (host.absent) judge.missing(ingress, host, "is absent, so that the rule takes every host");
            else if (host.text === "") judge.wrong(host, "is empty, so that the rule takes every host");
            else if (host.text?.includes("*")) judge.wrong(host, "is a wildcard; name the host");
        });
    }),
};

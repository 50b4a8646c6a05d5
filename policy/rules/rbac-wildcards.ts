import type { Field } from "../lib/field";
import { clusterRole, eachRbacRule } from "../lib/kubernetes/rbac-rules";
import { eachObject, type ResourceRule } from "../lib/rule";

const lists: Record<string, (item: string) => boolean> = {
    apiGroups: (group) => group === "*",
    resources: (resource) => resource.startsWith("*"),
    verbs: (verb) => verb === "*",
    nonResourceURLs: (url) => /^\/?\*/.test(url),
};

const rules = eachRbacRule((rule, judge) =>
    judge.each(Object.entries(lists), ([list, isWildcard]) =>
        judge.each(rule.at(list).items, (item) => {
            if (isWildcard(item.text ?? "")) judge.wrong(item, "is a wildcard; name each one that is needed");
        }),
    ),
);

const isEmpty = (selector: Field) =>
    selector.at("matchLabels").entries.length === 0 && selector.at("matchExpressions").items.length === 0;

/** A selector without any condition gathers the rules of every ClusterRole, cluster-admin's too. */
const aggregations = eachObject([clusterRole], ({ fields }, judge) =>
    judge.each(fields.at("aggregationRule", "clusterRoleSelectors").items, (selector) => {
        if (isEmpty(selector)) judge.wrong(selector, "selects every ClusterRole; select some by their labels");
    }),
);

export const rbacWildcards: ResourceRule = {
    name: "rbac-wildcards",
    description:
        "No role allows every verb, resource, API group or URL by a wildcard, nor gathers the rules of every other role.",
    severity: "high",
    level: "mandatory",
    references: [
        "Kyverno restrict-wildcard-verbs",
        "Kyverno restrict-wildcard-resources",
        "CKV_K8S_49",
        "KSV-0044",
        "KSV-0045",
        "KSV-0046",
        "C-0187",
    ],
    remediation: "Name the API groups, the resources and the verbs that are needed, one by one.",
    check: (resource, judge, config) => judge.each([rules, aggregations], (part) => part(resource, judge, config)),
};

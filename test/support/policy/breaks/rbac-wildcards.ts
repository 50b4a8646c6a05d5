import type { Break } from "../break";
import { goodRbacRule, roleOf } from "../roles";

const rule = "rbac-wildcards";

const inList = (list: string, value: string, alsoBreaks?: string[]): Break => ({
    rule,
    title: `${value} in ${list}`,
    fixture: () => roleOf([goodRbacRule()]),
    at: ["rules", 0, list],
    value: ["one", value],
    field: `rules[0].${list}[1]`,
    unjudged: `rules[0].${list}`,
    absent: "fine",
    alsoBreaks,
});

export const breaks: Break[] = [
    inList("verbs", "*"),
    inList("resources", "*", ["rbac-secrets-read", "rbac-pod-exec", "rbac-escalation"]),
    inList("resources", "*/scale"),
    inList("apiGroups", "*"),
    inList("nonResourceURLs", "*"),
    inList("nonResourceURLs", "/*"),
    {
        rule,
        title: "the rules of every ClusterRole",
        fixture: () => {
            const role = roleOf([]);
            role.props.aggregationRule = { clusterRoleSelectors: [{ matchLabels: { "example.com/of": "app" } }] };
            return role;
        },
        at: ["aggregationRule", "clusterRoleSelectors"],
        value: [{ matchLabels: {} }],
        field: "aggregationRule.clusterRoleSelectors[0]",
        unjudged: "aggregationRule.clusterRoleSelectors",
        absent: "fine",
    },
];

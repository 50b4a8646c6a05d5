// Roles and bindings that keep every rule, in each kind and API version.
import type { Break } from "./break";
import type { Given, Props } from "./judge";

const typeOf = (kind: string, version = "v1") => `kubernetes:rbac.authorization.k8s.io/${version}:${kind}`;
const metadata = (): Props => ({ name: "app", namespace: "team" });

/** A rule that allows what is harmless. */
export const goodRbacRule = (): Props => ({ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] });

export const roleOf = (rules: Props[], kind = "ClusterRole", version = "v1"): Given => ({
    type: typeOf(kind, version),
    props: { metadata: metadata(), rules },
});

export const bindingOf = (subjects: Props[], roleRef: Props = {}, kind = "RoleBinding", version = "v1"): Given => ({
    type: typeOf(kind, version),
    props: {
        metadata: metadata(),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "app", ...roleRef },
        subjects,
    },
});

export const goodSubject = (): Props => ({ kind: "ServiceAccount", name: "app", namespace: "team" });

/** In which the tests of a rule are run: both kinds, and old versions of them. */
const kinds = (kind: string): [string, string][] => [
    [`Cluster${kind}`, "v1"],
    [kind, "v1"],
    [kind, "v1beta1"],
    [`Cluster${kind}`, "v1alpha1"],
];

interface RbacBreak extends Pick<Break, "rule" | "title" | "alsoBreaks"> {
    /** The API group, resource and verb that together are wrong; each alone is not. */
    group: string;
    resource: string;
    verb: string;
    /** Only a ClusterRole can give it. */
    clusterWide?: boolean;
}

/** A permission that no role may give, as the break of each of its three parts. */
export function permissionBreaks({ group, resource, verb, clusterWide, title, ...rest }: RbacBreak): Break[] {
    const parts: [string, string, Props][] = [
        ["verbs", verb, { apiGroups: [group], resources: [resource], verbs: ["none"] }],
        ["resources", resource, { apiGroups: [group], resources: ["configmaps"], verbs: [verb] }],
        ["apiGroups", group, { apiGroups: ["example.com"], resources: [resource], verbs: [verb] }],
    ];
    const possible = kinds("Role").filter(([kind]) => !clusterWide || kind === "ClusterRole");
    return possible.flatMap(([kind, version]) =>
        parts.map(([list, value, rule]) => ({
            ...rest,
            title: `${title}: ${list} of a ${version} ${kind}`,
            fixture: () => roleOf([goodRbacRule(), structuredClone(rule)], kind, version),
            at: ["rules", 1, list],
            value: [value],
            field: "rules[1].verbs[0]",
            unjudged: `rules[1].${list}`,
            absent: "fine" as const,
        })),
    );
}

/** A subject that no binding may have. */
export const subjectBreaks = (
    { value, title, ...rest }: Pick<Break, "rule" | "title" | "value" | "alsoBreaks">,
    kind = "ServiceAccount",
): Break[] =>
    kinds("RoleBinding").map(([binding, version]) => ({
        ...rest,
        title: `${title} in a ${version} ${binding}`,
        fixture: () => bindingOf([goodSubject(), { kind, name: "app" }], {}, binding, version),
        at: ["subjects", 1, "name"],
        value,
        field: `subjects[${String(value)}].name`,
        unjudged: "subjects[1].name",
        absent: "fine",
    }));

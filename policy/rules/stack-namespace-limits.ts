import { ByNamespace, namespacesOf } from "../lib/kubernetes/namespaces";
import type { StackRule } from "../lib/rule";
import type { PlacedObject, Stack } from "../lib/stack";
import { allOf, anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

/** The kinds, with the place of what they limit. */
const kinds = [
    { kind: "ResourceQuota", limits: "hard" },
    { kind: "LimitRange", limits: "limits" },
];

const isUsed =
    (limits: string) =>
    ({ object }: PlacedObject): Verdict =>
        orUnknown(() => {
            const field = object.fields.at("spec", limits);
            return field.items.length > 0 || field.entries.length > 0;
        });

const own = (stack: Stack, kind: string) =>
    new ByNamespace(
        stack,
        stack.objectsOf({ kind, groups: [""] }).filter(({ object }) => !object.patch),
        (placed) => placed,
    );

export const stackNamespaceLimits: StackRule = {
    name: "stack-namespace-limits",
    description: "Each namespace that the stack makes has a ResourceQuota and a LimitRange.",
    severity: "medium",
    level: "advisory",
    why: "Where every workload has limits of its own, as workload-resources wants, a namespace may do without.",
    references: ["Kyverno add-ns-quota", "KSV-0039", "KSV-0040"],
    remediation:
        "Add a ResourceQuota for all that may run in the namespace, and a LimitRange with defaults for a container that has no limits.",
    checkStack: (stack, judge) => {
        for (const { kind, limits } of kinds) {
            const found = own(stack, kind);
            judge.each(namespacesOf(stack).values(), ({ key, resource }) => {
                const sure = found.in(key).map(isUsed(limits));
                const elsewhere = found.open.map(([placed, where]) => allOf([isUsed(limits)(placed), where]));
                if (!settled(anyOf([...sure, ...elsewhere])))
                    judge.wrong(resource, undefined, `the namespace has no ${kind} with spec.${limits}`);
            });
        }
    },
};

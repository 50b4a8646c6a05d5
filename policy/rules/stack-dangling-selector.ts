import { disruptionBudgets, selectorOfBudget } from "../lib/kubernetes/disruption-budget";
import { UnknownValue } from "../lib/field";
import type { Family } from "../lib/kubernetes/objects";
import { isEmpty, mapSelector, type Selector } from "../lib/kubernetes/label-selector";
import { ByNamespace, namespaceOf } from "../lib/kubernetes/namespaces";
import { networkPolicies, podSelectorOf } from "../lib/kubernetes/network-policy";
import type { StackJudge, StackRule } from "../lib/rule";
import type { PlacedObject, Stack } from "../lib/stack";
import { podsOfStack } from "../lib/kubernetes/stack-pods";
import { onTemplates, unseenPodsOf } from "../lib/kubernetes/unseen-pods";
import { anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

interface Selecting {
    family: Family;
    /** What it selects by; undefined when it does not mean to select pods. Throws UnknownValue. */
    selector: (placed: PlacedObject) => Selector | undefined;
    place: string[];
}

const kinds: Selecting[] = [
    {
        family: { kind: "Service", groups: [""] },
        selector: ({ object }) => {
            const spec = object.fields.at("spec");
            return spec.at("type").text === "ExternalName" ? undefined : mapSelector(spec.at("selector"));
        },
        place: ["spec", "selector"],
    },
    { family: disruptionBudgets, selector: selectorOfBudget, place: ["spec", "selector"] },
    { family: networkPolicies, selector: ({ object }) => podSelectorOf(object), place: ["spec", "podSelector"] },
];

/** Whether all pods that the namespace has of this stack can be seen, so that what selects none of them selects none. */
const isSeen = (stack: Stack, namespace: string) =>
    podsOfStack(stack).all.in(namespace).length > 0 && !unseenPodsOf(stack).in(namespace);

function checkSelector(stack: Stack, placed: PlacedObject, { selector, place }: Selecting, judge: StackJudge): void {
    const found = selector(placed);
    if (!found || settled(isEmpty(found))) return;
    const namespace = namespaceOf(stack, placed);
    if (!isSeen(stack, namespace)) return;
    const { sure, open } = podsOfStack(stack).select(namespace, onTemplates(found), 1);
    if (sure.length > 0 || settled(unseenPodsOf(stack).mayBeSelected(found))) return;
    settled(open[0]?.[1] ?? podsOfStack(stack).unseen);
    judge.wrong(placed.resource, placed.object.fields.at(...place), "selects no pod of the stack in its namespace");
}

const autoscalers: Family = { kind: "HorizontalPodAutoscaler", groups: ["autoscaling", "extensions"] };

type Names = Map<string, Verdict>;

/** The objects of a namespace by kind and name; with the value that decides whether there are more of a kind. */
function namesOf(objects: ByNamespace<PlacedObject>, namespace: string): Names {
    const names: Names = new Map();
    const take = ({ object }: PlacedObject, where?: UnknownValue) => {
        const name = orUnknown(() => object.fields.at("metadata", "name").text);
        if (name instanceof UnknownValue) names.set(object.kind, name);
        else if (where) names.set(object.kind, where);
        else names.set(`${object.kind}/${name}`, true);
    };
    for (const placed of objects.in(namespace)) take(placed);
    for (const [placed, where] of objects.open) take(placed, where);
    return names;
}

function checkAutoscalers(stack: Stack, judge: StackJudge): void {
    const own = stack.objectsOf(autoscalers).filter(({ object }) => !object.patch);
    if (own.length === 0) return;
    const objects = new ByNamespace(
        stack,
        stack.objects.filter(({ object }) => !object.patch),
        (placed) => placed,
    );
    const names = new Map<string, Names>();
    judge.each(own, (placed) => {
        const namespace = namespaceOf(stack, placed);
        if (!isSeen(stack, namespace)) return;
        const known = names.get(namespace) ?? namesOf(objects, namespace);
        names.set(namespace, known);
        const target = placed.object.fields.at("spec", "scaleTargetRef");
        const [kind, name] = [target.at("kind").text ?? "", target.at("name")];
        const byOperator = { requirements: [{ key: "", operator: "In", values: [name.text ?? ""] }] };
        const found = anyOf([
            known.get(`${kind}/${name.text}`) ?? false,
            unseenPodsOf(stack).mayBeSelected(byOperator),
            known.get(kind) ?? false,
        ]);
        if (!settled(found))
            judge.wrong(placed.resource, name, `there is no such ${kind} of the stack in its namespace`);
    });
}

export const stackDanglingSelector: StackRule = {
    name: "stack-dangling-selector",
    description: "What selects pods selects some: Services, NetworkPolicies, PodDisruptionBudgets and autoscalers.",
    severity: "medium",
    level: "advisory",
    why: "A stack may select pods of another stack in the same namespace.",
    references: [
        "kube-score service-targets-pod",
        "kube-score networkpolicy-targets-pod",
        "kube-score horizontalpodautoscaler-has-target",
        "KubeLinter dangling-service",
        "KubeLinter dangling-networkpolicy",
        "KubeLinter dangling-horizontalpodautoscaler",
    ],
    remediation: "Make the selector the same as the labels in the pod template, and the namespace that of the pods.",
    checkStack: (stack, judge) => {
        for (const kind of kinds) {
            const own = stack.objectsOf(kind.family).filter(({ object }) => !object.patch);
            judge.each(own, (placed) => checkSelector(stack, placed, kind, judge));
        }
        checkAutoscalers(stack, judge);
    },
};

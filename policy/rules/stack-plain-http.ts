import type { Field } from "../lib/field";
import {
    gateways,
    isAttached,
    listenersOf,
    listenerSets,
    listening,
    parentKind,
    protocolIs,
    takesListenerSets,
    takesSecurely,
} from "../lib/kubernetes/gateway";
import { type Family, isOf } from "../lib/kubernetes/objects";
import { ByNamespace, namespaceOf } from "../lib/kubernetes/namespaces";
import type { StackJudge, StackRule } from "../lib/rule";
import type { PlacedObject, Stack } from "../lib/stack";
import { allOf, anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

const routes = ["HTTPRoute", "GRPCRoute"].map((kind) => ({ kind, groups: ["gateway.networking.k8s.io"] }));

const redirects = (rule: Field): Verdict =>
    anyOf(
        rule
            .at("filters")
            .items.map((filter) =>
                orUnknown(
                    () =>
                        filter.at("type").text === "RequestRedirect" &&
                        filter.at("requestRedirect", "scheme").text === "https",
                ),
            ),
    );

/** Whether the object is the one that a reference names, in the namespace where it looks. */
const isNamed = ({ object }: PlacedObject, reference: Field): Verdict =>
    orUnknown(() => {
        const { kind, group } = parentKind(reference);
        const name = object.fields.at("metadata", "name").value;
        return object.kind === kind && object.group === group && name === reference.at("name").value;
    });

/** Whether one of the stack's listeners takes the route's requests by plain HTTP. Those of other stacks are not seen. */
function isPlain(stack: Stack, parents: ByNamespace<PlacedObject>, route: PlacedObject): Verdict {
    const spec = route.object.fields.at("spec");
    const own = namespaceOf(stack, route);
    const takes = (reference: Field, parent: PlacedObject, namespace: string): Verdict =>
        allOf([
            isNamed(parent, reference),
            orUnknown(() =>
                settled(
                    anyOf(
                        listenersOf(parent.object).map((listener) =>
                            allOf([
                                orUnknown(() => protocolIs(listener, "HTTP")),
                                isAttached(reference, listener, spec.at("hostnames"), namespace === own),
                            ]),
                        ),
                    ),
                ),
            ),
        ]);
    return anyOf(
        spec.at("parentRefs").items.map((reference) =>
            orUnknown(() => {
                const namespace = reference.at("namespace").text ?? own;
                return settled(
                    anyOf([
                        ...parents.in(namespace).map((parent) => takes(reference, parent, namespace)),
                        ...parents.open.map(([parent, where]) => allOf([takes(reference, parent, namespace), where])),
                    ]),
                );
            }),
        ),
    );
}

/** A Gateway with its ListenerSets, as far as the stack has them: without its Gateway, whose listeners are not seen, or without any set. */
function checkSets(stack: Stack, judge: StackJudge): void {
    const own = (families: Family[]) => stack.objectsOf(...families).filter(({ object }) => !object.patch);
    const byGateway = new Map<string, PlacedObject[]>();
    const add = (key: string, placed: PlacedObject) => byGateway.set(key, [...(byGateway.get(key) ?? []), placed]);
    const sets = own(listenerSets);
    judge.each(own([gateways]), (gateway) => {
        if (sets.length === 0 && !takesListenerSets(gateway.object)) return;
        const name = gateway.object.fields.at("metadata", "name").scalar;
        add(`${namespaceOf(stack, gateway)}/${name}`, gateway);
    });
    judge.each(sets, (set) => {
        const reference = set.object.fields.at("spec", "parentRef");
        const namespace = reference.at("namespace").text ?? namespaceOf(stack, set);
        add(`${namespace}/${reference.at("name").scalar}`, set);
    });
    for (const parts of byGateway.values()) {
        // ingress-tls judges a Gateway that takes no ListenerSet; no listener of a set comes up there.
        if (parts.some(({ object }) => isOf(object, gateways) && !takesListenerSets(object))) continue;
        const all = parts.flatMap(({ object }) => listenersOf(object));
        judge.each(parts, ({ resource, object }) =>
            judge.each(listenersOf(object), (listener) => {
                const host = listener.at("hostname").text ?? "";
                if (!protocolIs(listener, "HTTP") || settled(anyOf(all.map((one) => takesSecurely(one, host))))) return;
                const problem =
                    "is HTTP, and neither the Gateway nor a ListenerSet of this stack has a listener for HTTPS of the same hostname";
                judge.wrong(resource, listener.at("protocol"), problem);
            }),
        );
    }
}

export const stackPlainHttp: StackRule = {
    name: "stack-plain-http",
    description:
        "No HTTPRoute or GRPCRoute answers by plain HTTP: at a listener of the stack for HTTP it redirects to HTTPS, and does nothing else; " +
        "and no Gateway with its ListenerSets takes a host by HTTP alone.",
    severity: "high",
    level: "mandatory",
    references: [],
    remediation:
        "Name the listener for HTTPS in parentRefs[].sectionName, and attach a route of its own to the one for HTTP, whose rules have the filter " +
        "RequestRedirect with scheme https.",
    checkStack: (stack, judge) => {
        checkSets(stack, judge);
        const parents = stack.objectsOf(...listening).filter(({ object }) => !object.patch);
        const byNamespace = new ByNamespace(stack, parents, (parent) => parent);
        const attached = stack.objectsOf(...routes).filter(({ object }) => !object.patch);
        judge.each(attached, (route) =>
            judge.each(route.object.fields.at("spec", "rules").items, (rule) => {
                if (settled(allOf([isPlain(stack, byNamespace, route), not(redirects(rule))])))
                    judge.wrong(
                        route.resource,
                        rule,
                        "answers at a listener for plain HTTP; there it may only redirect to HTTPS",
                    );
            }),
        );
    },
};

const not = (verdict: Verdict): Verdict => (typeof verdict === "boolean" ? !verdict : verdict);

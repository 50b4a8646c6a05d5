// Network policies of other kinds than Kubernetes' own: of Cilium, of Calico, and those of the network-policy-api. They are read as far
// as it takes to tell which pods they isolate; what a rule cannot tell of one is among what was not judged.
import { coverEverything, type Range, rangeOf } from "../cidr";
import { type Field, UnknownValue } from "../field";
import type { StackPolicy } from "./isolation";
import { labelSelector, labelsOf, type Labels, selects, type Selector } from "./label-selector";
import { namespacesOf } from "./namespaces";
import type { Direction } from "./network-policy";
import type { Family } from "./objects";
import type { PlacedObject, Stack } from "../stack";
import { anyOf, orUnknown, settled, type Verdict } from "../verdict";

type Policy = Pick<StackPolicy, "selector" | "isolates" | "allowsAll" | "covers">;

const everything: Selector = { requirements: [] };
const inBoth = (of: (direction: "ingress" | "egress") => Verdict): Record<Direction, Verdict> => ({
    Ingress: of("ingress"),
    Egress: of("egress"),
});
const nothing = () => inBoth(() => false);

/** The labels of a namespace, which the stack may not make itself. */
function labelsOfNamespace(stack: Stack, namespace: string, asked: Field): Labels {
    const made = [...namespacesOf(stack).values()].find(({ key }) => key === namespace);
    const labels = made
        ? labelsOf(made.object.fields.at("metadata"))
        : { values: new Map(), unknown: new UnknownValue(asked) };
    return { ...labels, values: new Map([...labels.values, ["kubernetes.io/metadata.name", namespace]]) };
}

const forNamespaces = (stack: Stack, selector: Field) => (namespace: string): Verdict =>
    orUnknown(() => settled(selects(labelSelector(selector), labelsOfNamespace(stack, namespace, selector)))); // prettier-ignore

// Cilium

/** A label's source is not a part of its key: `k8s:app`, `any:app`. */
const withoutSource = (key: string) => key.replace(/^(?:k8s|any)[:.]/, "");
const podNamespace = "io.kubernetes.pod.namespace";
const namespaceLabels = "io.cilium.k8s.namespace.labels.";

function ofCilium(spec: Field, wide: boolean): Policy | undefined {
    // A policy of nodes.
    if (spec.unknown || spec.at("endpointSelector").absent) return undefined;
    const { requirements, unknown } = labelSelector(spec.at("endpointSelector"));
    const own = requirements.map((one) => ({ ...one, key: withoutSource(one.key) }));
    const named = own.find(({ key }) => key === podNamespace);
    const byLabels = own.some(({ key }) => key.startsWith(namespaceLabels));
    const selector = {
        requirements: own.filter(({ key }) => key !== podNamespace && !key.startsWith(namespaceLabels)),
        unknown,
    };
    const covers = (namespace: string): Verdict => {
        if (named && !(named.operator === "In" && named.values.includes(namespace))) return false;
        return byLabels ? new UnknownValue(spec.at("endpointSelector")) : true;
    };
    return {
        selector,
        // https://docs.cilium.io/en/stable/security/policy/language/#policy-rules: as soon as there are rules, unless it says otherwise.
        isolates: inBoth((direction) =>
            orUnknown(() => {
                const said = spec.at("enableDefaultDeny", direction);
                if (!said.absent) return said.value === true;
                return spec.at(direction).items.length + spec.at(`${direction}Deny`).items.length > 0;
            }),
        ),
        allowsAll: inBoth((direction) =>
            orUnknown(() => settled(anyOf(spec.at(direction).items.map((rule) => letsAll(rule, direction))))),
        ),
        ...(wide && { covers }),
    };
}

const letsAll = (rule: Field, direction: "ingress" | "egress"): Verdict =>
    orUnknown(() => {
        if (rule.at("toPorts").items.length > 0) return false;
        const way = direction === "ingress" ? "from" : "to";
        const entities = rule.at(`${way}Entities`).items.map(({ text }) => text);
        const ranges = rule.at(`${way}CIDR`).items.map(({ text }) => rangeOf(text ?? ""));
        return entities.includes("all") || coverEverything(ranges.filter((one): one is Range => one !== undefined));
    });

/** A policy has one spec, or several. */
const specsOf = ({ fields }: PlacedObject["object"]) => [fields.at("spec"), ...fields.at("specs").items];

// The network-policy-api

const isAny = (field: Field) => !field.absent && labelSelector(field).requirements.length === 0;

/** Every pod of the cluster or, for egress, every address. */
function isAnyPeer(peer: Field, direction: "ingress" | "egress"): boolean {
    if (direction === "egress") {
        const ranges = peer.at("networks").items.map(({ text }) => rangeOf(text ?? ""));
        return coverEverything(ranges.filter((range): range is Range => range !== undefined));
    }
    const pods = peer.at("pods");
    return isAny(peer.at("namespaces")) || (isAny(pods.at("namespaceSelector")) && isAny(pods.at("podSelector")));
}

/** A Deny for all peers and ports isolates. Whether one for some of them leaves enough is not for a rule to say. */
const deniesAll = (rule: Field, direction: "ingress" | "egress"): Verdict =>
    orUnknown(() => {
        if (rule.at("action").text !== "Deny") return false;
        const ofAllPorts = rule.at("ports").items.length === 0 && rule.at("protocols").items.length === 0;
        const peers = rule.at(direction === "ingress" ? "from" : "to").items;
        return (ofAllPorts && peers.some((peer) => isAnyPeer(peer, direction))) || new UnknownValue(rule);
    });

function ofAdmin(stack: Stack, spec: Field): Policy | undefined {
    if (spec.unknown) return undefined;
    const { namespaces, pods } = { namespaces: spec.at("subject", "namespaces"), pods: spec.at("subject", "pods") };
    const selector = pods.absent ? everything : labelSelector(pods.at("podSelector"));
    return {
        selector,
        isolates: inBoth((direction) =>
            orUnknown(() => settled(anyOf(spec.at(direction).items.map((rule) => deniesAll(rule, direction))))),
        ),
        allowsAll: nothing(),
        covers: forNamespaces(stack, pods.absent ? namespaces : pods.at("namespaceSelector")),
    };
}

// Calico

/** `app == 'web' && has(tier)`; what else its language can say is not read. */
function calicoSelector(field: Field): Selector {
    const text = (field.text ?? "").trim();
    if (text === "" || text === "all()") return everything;
    const requirements = text.split("&&").map((part) => {
        const [, key, value] = /^\s*([\w./-]+)\s*==\s*["']([^"']*)["']\s*$/.exec(part) ?? [];
        if (key !== undefined && value !== undefined) return { key, operator: "In", values: [value] };
        const has = /^\s*has\(\s*([\w./-]+)\s*\)\s*$/.exec(part)?.[1];
        return has === undefined ? undefined : { key: has, operator: "Exists", values: [] };
    });
    if (requirements.includes(undefined)) return { requirements: [], unknown: new UnknownValue(field) };
    return { requirements: requirements.filter((one) => one !== undefined) };
}

const allowsAnything = (rule: Field): boolean =>
    rule.at("action").text === "Allow" && ["protocol", "source", "destination"].every((name) => rule.at(name).absent);

function ofCalico(stack: Stack, spec: Field, wide: boolean): Policy | undefined {
    if (spec.unknown) return undefined;
    const types = spec.at("types").items;
    const ofAccounts = spec.at("serviceAccountSelector");
    const named = orUnknown(() => calicoSelector(spec.at("namespaceSelector")));
    const covers = (namespace: string): Verdict =>
        named instanceof UnknownValue
            ? named
            : selects(named, labelsOfNamespace(stack, namespace, spec.at("namespaceSelector")));
    return {
        selector: ofAccounts.absent
            ? calicoSelector(spec.at("selector"))
            : { ...everything, unknown: new UnknownValue(ofAccounts) },
        // Without types it is for ingress, unless it has rules for egress alone.
        isolates: inBoth((direction) =>
            orUnknown(() => {
                if (types.length > 0) return types.some(({ text }) => text?.toLowerCase() === direction);
                const [into, out] = [spec.at("ingress").items.length > 0, spec.at("egress").items.length > 0];
                return direction === "egress" ? out : into || !out;
            }),
        ),
        allowsAll: inBoth((direction) =>
            orUnknown(() => spec.at(direction).items.some((rule) => allowsAnything(rule))),
        ),
        ...(wide && { covers }),
    };
}

const families: { family: Family; read: (stack: Stack, placed: PlacedObject) => (Policy | undefined)[] }[] = [
    { family: { kind: "CiliumNetworkPolicy", groups: ["cilium.io"] }, read: (_, { object }) => specsOf(object).map((spec) => ofCilium(spec, false)) },
    { family: { kind: "CiliumClusterwideNetworkPolicy", groups: ["cilium.io"] }, read: (_, { object }) => specsOf(object).map((spec) => ofCilium(spec, true)) },
    ...["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"].map((kind) => ({
        family: { kind, groups: ["policy.networking.k8s.io"] },
        read: (stack: Stack, { object }: PlacedObject) => [ofAdmin(stack, object.fields.at("spec"))],
    })),
    ...["NetworkPolicy", "GlobalNetworkPolicy"].map((kind) => ({
        family: { kind, groups: ["projectcalico.org", "crd.projectcalico.org"] },
        read: (stack: Stack, { object }: PlacedObject) => [ofCalico(stack, object.fields.at("spec"), kind === "GlobalNetworkPolicy")],
    })),
]; // prettier-ignore

/** One that cannot be read may isolate any pod of its namespace, or of all. */
const unread = (value: UnknownValue): Policy => ({
    selector: { requirements: [], unknown: value },
    isolates: inBoth(() => value),
    allowsAll: nothing(),
    covers: () => value,
});

/** The policies of a stack that are not Kubernetes' own. */
export const otherPolicies = (stack: Stack): StackPolicy[] =>
    families.flatMap(({ family, read }) =>
        stack
            .objectsOf(family)
            .filter(({ object }) => !object.patch)
            .flatMap((placed): StackPolicy[] => {
                const policies = orUnknown(() => read(stack, placed));
                const found = policies instanceof UnknownValue ? [unread(policies)] : policies;
                return found.flatMap((policy) => (policy ? [{ ...placed, ...policy }] : []));
            }),
    );

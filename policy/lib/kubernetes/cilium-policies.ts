// Network policies of Cilium: https://docs.cilium.io/en/stable/security/policy/language/
import { holdEverything } from "../cidr";
import type { Field } from "../field";
import type { Isolation } from "./isolation";
import { labelSelector } from "./label-selector";
import { nameLabel } from "./namespaces";
import { type Way, inBoth, scopeOf } from "./policy-scope";
import type { PlacedObject, Stack } from "../stack";
import { anyOf, orUnknown, settled, type Verdict } from "../verdict";

/** A label's source is not a part of its key: `k8s:app`, `any:app`. */
const withoutSource = (key: string) => key.replace(/^(?:k8s|any)[:.]/, "");
const podNamespace = "io.kubernetes.pod.namespace";
const namespaceLabels = "io.cilium.k8s.namespace.labels.";

/** The label of a namespace that a label of an endpoint stands for. */
const ofNamespace = (key: string) =>
    key === podNamespace ? nameLabel : key.startsWith(namespaceLabels) ? key.slice(namespaceLabels.length) : undefined;

function ofSpec(stack: Stack, spec: Field, wide: boolean): Isolation | undefined {
    // A policy of nodes.
    if (spec.unknown || spec.at("endpointSelector").absent) return undefined;
    const { requirements, unknown } = labelSelector(spec.at("endpointSelector"));
    const own = { requirements: requirements.map((one) => ({ ...one, key: withoutSource(one.key) })), unknown };
    const { selector, covers } = scopeOf(stack, own, ofNamespace, spec.at("endpointSelector"));
    return {
        selector,
        // As soon as there are rules, unless it says otherwise.
        isolates: inBoth((way) =>
            orUnknown(() => {
                const said = spec.at("enableDefaultDeny", way);
                if (!said.absent) return said.value === true;
                return spec.at(way).items.length + spec.at(`${way}Deny`).items.length > 0;
            }),
        ),
        allowsAll: inBoth((way) =>
            orUnknown(() => settled(anyOf(spec.at(way).items.map((rule) => letsAll(rule, way))))),
        ),
        ...(wide && { covers }),
    };
}

const isEveryPort = (toPorts: Field): boolean =>
    toPorts.at("rules").absent &&
    toPorts
        .at("ports")
        .items.some((entry) => entry.at("port").scalar === "0" && (entry.at("protocol").text ?? "ANY") === "ANY");

/** A rule without peers lets nothing through. `world` is every address outside of the cluster, as 0.0.0.0/0 is. */
const letsAll = (rule: Field, way: Way): Verdict =>
    orUnknown(() => {
        const ports = rule.at("toPorts").items;
        if (ports.length > 0 && !ports.some(isEveryPort)) return false;
        const side = way === "ingress" ? "from" : "to";
        const entities = rule.at(`${side}Entities`).items.map(({ text }) => text);
        const sets = rule.at(`${side}CIDRSet`).items.filter((set) => set.at("except").items.length === 0);
        const cidrs = [...rule.at(`${side}CIDR`).items, ...sets.map((set) => set.at("cidr"))].map(({ text }) => text);
        return entities.includes("all") || entities.includes("world") || holdEverything(cidrs);
    });

/** A policy has one spec, or several. `wide`: of the whole cluster. */
export const ofCilium = (stack: Stack, { object: { fields } }: PlacedObject, wide: boolean) =>
    [fields.at("spec"), ...fields.at("specs").items].map((spec) => ofSpec(stack, spec, wide));

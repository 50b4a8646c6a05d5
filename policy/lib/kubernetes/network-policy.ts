// NetworkPolicies: which pods one isolates in which direction, and what its rules allow.
import { type Range, coverEverything, rangeOf } from "../cidr";
import { type Field, UnknownValue } from "../field";
import type { Family, KubernetesObject } from "./objects";
import { labelSelector, type Selector } from "./label-selector";
import { allOf, anyOf, orUnknown, settled, type Verdict } from "../verdict";

export const networkPolicies: Family = { kind: "NetworkPolicy", groups: ["networking.k8s.io", "extensions"] };

export type Direction = "Ingress" | "Egress";
export const directions: Direction[] = ["Ingress", "Egress"];

/**
 * Whether the policy isolates pods in the direction, so that its rules count; a patch without policyTypes may.
 * Without policyTypes a policy is for ingress, and for egress when it has rules for it.
 */
export function isolates({ fields, patch }: KubernetesObject, direction: Direction): Verdict {
    return orUnknown(() => {
        const spec = fields.at("spec");
        const types = spec.at("policyTypes").items;
        if (types.length > 0) return settled(anyOf(types.map((type) => orUnknown(() => type.text === direction))));
        return patch || direction === "Ingress" || spec.at("egress").items.length > 0;
    });
}

/** The pods of the policy's namespace that it is for; an empty selector is for all. */
export function podSelectorOf({ fields }: KubernetesObject): Selector {
    const spec = fields.at("spec");
    return labelSelector(spec.unknown ? spec : spec.at("podSelector"));
}

/** The rules of a direction. Throws UnknownValue. */
export const rulesOf = ({ fields }: KubernetesObject, direction: Direction): Field[] =>
    fields.at("spec", direction.toLowerCase()).items;

/** Where a rule names whom it is for. Throws UnknownValue. */
export const peersOf = (rule: Field, direction: Direction): Field => rule.at(direction === "Ingress" ? "from" : "to");

/** Whether the rule is for a TCP port. */
export const reachesPort = (rule: Field, wanted: number): Verdict =>
    hasPort(rule, (first, last, protocol) => protocol === "TCP" && first <= wanted && wanted <= last);

/** Whether the rule is for every port, if only of one protocol. */
export const everyPort = (rule: Field): Verdict => hasPort(rule, (first, last) => first <= 1 && last >= 65535);

/** Whether the rule has no ports, which means all, or an entry that fits. A port by name is none of the known numbers. */
function hasPort(rule: Field, fits: (first: number, last: number, protocol: string) => boolean): Verdict {
    const entryFits = (entry: Field) => {
        const [port, end, protocol] = [entry.at("port"), entry.at("endPort"), entry.at("protocol")];
        const first = port.absent ? 0 : port.number;
        const last = port.absent ? 65535 : end.absent ? first : end.number;
        return fits(first, last, protocol.text ?? "TCP");
    };
    return orUnknown(() => {
        const entries = rule.at("ports").items;
        return entries.length === 0 || settled(anyOf(entries.map((entry) => orUnknown(() => entryFits(entry)))));
    });
}

const whole = (block: Field): Range | undefined =>
    block.at("except").items.length > 0 ? undefined : rangeOf(block.at("cidr").text ?? "");

/** Whether a rule's peers are anywhere: there are none, or blocks without exceptions that together hold every address. */
export function anywhere(peers: Field): Verdict {
    return orUnknown(() => {
        if (peers.items.length === 0) return true;
        const ranges = peers.items.map((peer) =>
            orUnknown(() => (peer.at("ipBlock").absent ? undefined : whole(peer.at("ipBlock")))),
        );
        const known = ranges.filter((range): range is Range => range !== undefined && !(range instanceof UnknownValue));
        return coverEverything(known) || (ranges.find((range) => range instanceof UnknownValue) ?? false);
    });
}

/** Whether a rule lets in, or out, everything. */
export const allowsAll = (rule: Field, direction: Direction): Verdict =>
    allOf([everyPort(rule), orUnknown(() => settled(anywhere(peersOf(rule, direction))))]);

// Network policies of the network-policy-api: https://network-policy-api.sigs.k8s.io/
import { holdEverything } from "../cidr";
import { type Field, UnknownValue } from "../field";
import type { Isolation } from "./isolation";
import { everything, labelSelector } from "./label-selector";
import { inBoth, scopeOf, type Way } from "./policy-scope";
import type { PlacedObject, Stack } from "../stack";
import { orUnknown, type Verdict } from "../verdict";

const isAny = (field: Field) => !field.absent && labelSelector(field).requirements.length === 0;

/** Every pod of the cluster or, for egress, every address. */
function isAnyPeer(peer: Field, way: Way): boolean {
    if (way === "egress") return holdEverything(peer.at("networks").items.map(({ text }) => text));
    const pods = peer.at("pods");
    return isAny(peer.at("namespaces")) || (isAny(pods.at("namespaceSelector")) && isAny(pods.at("podSelector")));
}

function isForAll(rule: Field, way: Way): boolean {
    if (rule.at("ports").items.length > 0 || rule.at("protocols").items.length > 0) return false;
    return rule.at(way === "ingress" ? "from" : "to").items.some((peer) => isAnyPeer(peer, way));
}

/** The first rule that fits decides, so the first one for all does. Whether a Deny for some of them is enough is not for a rule to say. */
const deniesAll = (spec: Field, way: Way): Verdict =>
    orUnknown(() => {
        const rules = spec.at(way).items;
        const last = rules.findIndex((rule) => isForAll(rule, way));
        if (last >= 0) return rules[last]!.at("action").text === "Deny";
        const some = rules.find((rule) => rule.at("action").text === "Deny");
        return some ? new UnknownValue(some) : false;
    });

export function ofAdmin(stack: Stack, { object }: PlacedObject): Isolation[] {
    const spec = object.fields.at("spec");
    if (spec.unknown) return [];
    const [namespaces, pods] = [spec.at("subject", "namespaces"), spec.at("subject", "pods")];
    const subject = pods.absent ? namespaces : pods.at("namespaceSelector");
    return [
        {
            selector: pods.absent ? everything : labelSelector(pods.at("podSelector")),
            isolates: inBoth((way) => deniesAll(spec, way)),
            allowsAll: inBoth(() => false),
            covers: scopeOf(stack, labelSelector(subject), (key) => key, subject).covers,
        },
    ];
}

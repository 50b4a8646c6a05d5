// Network policies of Calico: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
import { holdEverything } from "../cidr";
import { type Field, UnknownValue } from "../field";
import type { Isolation } from "./isolation";
import { everything, type Selector, type Requirement } from "./label-selector";
import { nameLabel } from "./namespaces";
import { inBoth, scopeOf } from "./policy-scope";
import type { PlacedObject, Stack } from "../stack";
import { allOf, orUnknown } from "../verdict";

const forms: [operator: string, pattern: RegExp][] = [
    ["In", /^([\w./-]+)\s*==\s*(["'][^"']*["'])$/],
    ["NotIn", /^([\w./-]+)\s*!=\s*(["'][^"']*["'])$/],
    ["In", /^([\w./-]+)\s+in\s*(\{[^{}]*\})$/],
    ["NotIn", /^([\w./-]+)\s+not\s+in\s*(\{[^{}]*\})$/],
    ["Exists", /^has\(\s*([\w./-]+)\s*\)$/],
    ["DoesNotExist", /^!\s*has\(\s*([\w./-]+)\s*\)$/],
];

/** One of the parts between `&&`; undefined for one that is not read. */
function requirementOf(part: string): Requirement | undefined {
    for (const [operator, pattern] of forms) {
        const [, key, values = ""] = pattern.exec(part.trim()) ?? [];
        if (key !== undefined)
            return { key, operator, values: [...values.matchAll(/["']([^"']*)["']/g)].map(([, value]) => value!) };
    }
    return undefined;
}

/** `app == 'web' && tier not in {'a', 'b'}`; what else its language can say is not read. */
function calicoSelector(field: Field): Selector {
    const text = (field.text ?? "").trim();
    if (text === "") return everything;
    const parts = text.split("&&").filter((part) => part.trim() !== "all()");
    const requirements = parts.map(requirementOf);
    if (requirements.includes(undefined)) return { requirements: [], unknown: new UnknownValue(field) };
    // Every pod has it.
    const known = requirements.filter((one) => one !== undefined && one.key !== "projectcalico.org/orchestrator");
    return { requirements: known as Requirement[] };
}

/** The label of a namespace that a label of a pod stands for. */
const ofNamespace = (key: string) => (key === "projectcalico.org/namespace" ? nameLabel : undefined);

/** Anybody: there is nothing, or nothing but networks that hold every address. */
function isAnybody(side: Field): boolean {
    if (side.absent || side.entries.length === 0) return true;
    const nets = side.at("nets").items.map(({ text }) => text);
    return side.entries.length === 1 && holdEverything(nets);
}

const allowsAnything = (rule: Field): boolean =>
    rule.at("action").text === "Allow" &&
    rule.at("protocol").absent &&
    ["source", "destination"].every((side) => isAnybody(rule.at(side)));

/** `wide`: of the whole cluster. */
export function ofCalico(stack: Stack, { object }: PlacedObject, wide: boolean): Isolation[] {
    const spec = object.fields.at("spec");
    if (spec.unknown) return [];
    const types = spec.at("types").items;
    const ofAccounts = spec.at("serviceAccountSelector");
    const own = scopeOf(stack, calicoSelector(spec.at("selector")), ofNamespace, spec.at("selector"));
    const named = spec.at("namespaceSelector");
    const ofNamespaces = scopeOf(stack, calicoSelector(named), (key) => key, named);
    return [
        {
            selector: ofAccounts.absent ? own.selector : { ...everything, unknown: new UnknownValue(ofAccounts) },
            // Without types it is for ingress, unless it has rules for egress alone.
            isolates: inBoth((way) =>
                orUnknown(() => {
                    if (types.length > 0) return types.some(({ text }) => text?.toLowerCase() === way);
                    const [into, out] = [spec.at("ingress").items.length > 0, spec.at("egress").items.length > 0];
                    return way === "egress" ? out : into || !out;
                }),
            ),
            allowsAll: inBoth((way) => orUnknown(() => spec.at(way).items.some((rule) => allowsAnything(rule)))),
            ...(wide && {
                covers: (namespace: string) =>
                    allOf([
                        own.covers(namespace),
                        ofNamespaces.covers(namespace),
                        ofNamespaces.selector.unknown ?? true,
                    ]),
            }),
        },
    ];
}

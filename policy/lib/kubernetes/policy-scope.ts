// Which pods, of which namespaces, a network policy of another kind than Kubernetes' own is for.
import type { Field } from "../field";
import { type Selector, selects } from "./label-selector";
import { labelsOfNamespace } from "./namespaces";
import type { Direction } from "./network-policy";
import type { Stack } from "../stack";
import type { Verdict } from "../verdict";

/** A direction as these policies name their lists of rules. */
export type Way = "ingress" | "egress";

export const inBoth = (of: (way: Way) => Verdict): Record<Direction, Verdict> => ({
    Ingress: of("ingress"),
    Egress: of("egress"),
});

interface Scope {
    /** What is required of the pods. */
    selector: Selector;
    /** Whether a namespace has what is required of it. */
    covers: (namespace: string) => Verdict;
}

/** A selector in two: `ofNamespace` gives the label of a namespace that a key stands for, undefined for a label of the pod. */
export function scopeOf(
    stack: Stack,
    { requirements, unknown }: Selector,
    ofNamespace: (key: string) => string | undefined,
    asked: Field,
): Scope {
    const own = requirements.filter(({ key }) => ofNamespace(key) === undefined);
    const above = requirements.flatMap((one) => {
        const key = ofNamespace(one.key);
        return key === undefined ? [] : [{ ...one, key }];
    });
    return {
        selector: { requirements: own, unknown },
        covers: (namespace) =>
            above.length === 0 || selects({ requirements: above }, labelsOfNamespace(stack, namespace, asked)),
    };
}

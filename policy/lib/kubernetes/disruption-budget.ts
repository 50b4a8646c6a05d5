// PodDisruptionBudgets, and the pods that they are for.
import type { Family } from "./objects";
import { labelSelector, type Selector } from "./label-selector";
import type { PlacedObject } from "../stack";

export const disruptionBudgets: Family = { kind: "PodDisruptionBudget", groups: ["policy"] };

/** Its selector; one that selects nothing where it is absent or, in policy/v1beta1, empty. */
export function selectorOfBudget({ resource, object }: PlacedObject): Selector {
    const spec = object.fields.at("spec");
    if (spec.unknown) return labelSelector(spec);
    const field = spec.at("selector");
    const nothing: Selector = { requirements: [{ key: "", operator: "In", values: [] }] };
    if (!field.unknown && field.absent) return nothing;
    const selector = labelSelector(field);
    const isEmpty = selector.requirements.length === 0 && !selector.unknown;
    return isEmpty && resource.type.includes("/v1beta1:") ? nothing : selector;
}

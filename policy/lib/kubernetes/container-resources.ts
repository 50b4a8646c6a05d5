// What a container is promised and may use: by itself, or by its share of what the whole pod has.
import type { Field } from "../field";
import type { Container, Pod } from "./pods";

export type Amounts = "requests" | "limits";

/** Where the container itself says it. */
export const ownAmount = ({ fields }: Container, amounts: Amounts, resource: string): Field =>
    fields.at("resources", amounts, resource);

/** Whether there is an amount at all: one of 0 is none. */
const isSet = (field: Field) => !field.absent && parseFloat(field.scalar ?? "") !== 0;

/** Whether the container has the amount, or the pod has it for all its containers together. */
export const hasAmount = (container: Container, { spec }: Pod, amounts: Amounts, resource: string): boolean =>
    isSet(ownAmount(container, amounts, resource)) || isSet(spec.at("resources", amounts, resource));

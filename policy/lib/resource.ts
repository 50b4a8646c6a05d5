// A resource as the rules see it, whichever part of the engine it comes from.
import type { Field } from "./field";

export interface Resource {
    urn: string;
    /** The last part of the URN. */
    name: string;
    /** The type token, such as `kubernetes:apps/v1:Deployment`. */
    type: string;
    fields: Field;
}

/** A resource among all of its stack. */
export interface StackResource extends Resource {
    protect: boolean;
    parent?: string;
    /** The URN of its provider. */
    provider?: string;
    /** The properties that the program has set: `fields` has also what the provider found. */
    inputs: ReadonlySet<string>;
    /** The URNs of the resources that each property's value comes from. */
    propertyDependencies: Record<string, string[]>;
}

/** Keeps what was derived from a resource for the other rules. */
export function derivedOnce<R extends object, T>(derive: (from: R) => T): (from: R) => T {
    const kept = new WeakMap<R, { value: T } | { error: unknown }>();
    return (from) => {
        let result = kept.get(from);
        if (!result) {
            try {
                result = { value: derive(from) };
            } catch (error) {
                result = { error };
            }
            kept.set(from, result);
        }
        if ("error" in result) throw result.error;
        return result.value;
    };
}

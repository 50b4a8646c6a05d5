// Which objects of a stack are in the same namespace, also where a preview does not know its name yet.
import { type Field, UnknownValue } from "../field";
import { type Labels, labelsOf } from "./label-selector";
import type { Family } from "./objects";
import { derivedOnce } from "../resource";
import type { PlacedObject, Stack } from "../stack";
import { orUnknown } from "../verdict";

export const namespaceFamily: Family = { kind: "Namespace", groups: [""] };

/** A Namespace of the stack. */
export interface StackNamespace extends PlacedObject {
    /** Its name or, as long as that is not known, its URN. */
    key: string;
}

/** The namespaces that the stack makes, by URN. */
export const namespacesOf = derivedOnce((stack: Stack): ReadonlyMap<string, StackNamespace> => {
    const made = stack.objectsOf(namespaceFamily).filter(({ object }) => !object.patch);
    return new Map(made.map((placed) => [placed.resource.urn, { ...placed, key: keyOfNamespace(placed) }]));
});

function keyOfNamespace({ resource, object }: PlacedObject): string {
    const name = orUnknown(() => object.fields.at("metadata", "name").text);
    return typeof name === "string" ? name : resource.urn;
}

/** The label that Kubernetes gives each namespace: its name. */
export const nameLabel = "kubernetes.io/metadata.name";

const madeByKey = derivedOnce(
    (stack: Stack) => new Map([...namespacesOf(stack).values()].map((made) => [made.key, made])),
);

/** The labels of a namespace. `asked`: who asks for them, which is not judged where the stack does not make the namespace. */
export function labelsOfNamespace(stack: Stack, namespace: string, asked: Field): Labels {
    const made = madeByKey(stack).get(namespace);
    const labels: Labels = made
        ? labelsOf(made.object.fields.at("metadata"))
        : { values: new Map(), unknown: new UnknownValue(asked) };
    // Calico has a label of its own for the same.
    const names = [nameLabel, "projectcalico.org/name"].map((key) => [key, namespace] as const);
    return { ...labels, values: new Map([...labels.values, ...names]) };
}

/** A namespace for a message: its name, or that of the stack's resource. */
export const nameOfNamespace = (key: string) => key.split("::").at(-1)!;

/**
 * The namespace of an object, by its name or the URN of the stack's Namespace that it depends on. Throws UnknownValue when neither is
 * known; an object without a namespace gets one from its provider, so that is not known either.
 */
export function namespaceOf(stack: Stack, { resource, object }: PlacedObject): string {
    const metadata = object.fields.at("metadata");
    const name = orUnknown(() => metadata.at("namespace").text);
    if (typeof name === "string") return name;
    if (name === undefined) throw new UnknownValue(metadata.at("namespace"));
    const made = namespacesOf(stack);
    const [only, ...others] = (resource.propertyDependencies.metadata ?? []).flatMap((urn) => made.get(urn) ?? []);
    if (!only || others.length > 0) throw name;
    return only.key;
}

/** Things by the namespace of an object. */
export class ByNamespace<T> {
    private readonly byKey = new Map<string, T[]>();
    /** Those that may be in any namespace, with the value that decides it. */
    readonly open: [T, UnknownValue][] = [];

    constructor(stack: Stack, things: Iterable<T>, placed: (thing: T) => PlacedObject) {
        for (const thing of things) {
            const namespace = orUnknown(() => namespaceOf(stack, placed(thing)));
            if (namespace instanceof UnknownValue) this.open.push([thing, namespace]);
            else this.put(namespace, thing);
        }
    }

    private put(namespace: string, thing: T): void {
        const found = this.byKey.get(namespace);
        if (found) found.push(thing);
        else this.byKey.set(namespace, [thing]);
    }

    /** Those that are surely in the namespace. */
    in(namespace: string): readonly T[] {
        return this.byKey.get(namespace) ?? [];
    }

    get namespaces(): [string, readonly T[]][] {
        return [...this.byKey];
    }
}

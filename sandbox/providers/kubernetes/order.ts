// Which objects of a chart must be there before which others.
import { at, type Values } from "../lib/values";
import { isKind, kindOfObject, nameOf, namespaceOf } from "./objects";

/** As the annotation config.kubernetes.io/depends-on writes it: group/namespaces/namespace/Kind/name. */
function reference(object: Values): string {
    const { group, kind } = kindOfObject(object);
    const namespace = namespaceOf(object);
    return [group, ...(namespace ? ["namespaces", namespace] : []), kind, nameOf(object)].join("/");
}

function needs(object: Values, other: Values): boolean {
    if (isKind(other, "", "Namespace") && nameOf(other) === namespaceOf(object)) return true;
    if (isKind(other, "apiextensions.k8s.io", "CustomResourceDefinition")) {
        const { group, kind } = kindOfObject(object);
        return at(other, "spec", "group") === group && at(other, "spec", "names", "kind") === kind;
    }
    const annotated = at<string>(object, "metadata", "annotations", "config.kubernetes.io/depends-on") ?? "";
    return annotated.split(",").some((item) => item.trim() === reference(other));
}

export interface Ordered {
    object: Values;
    dependencies: Values[];
}

/** Each object after all that it needs. */
export function inOrder(given: Values[]): Ordered[] {
    const left = given.map((object) => ({
        object,
        dependencies: given.filter((other) => other !== object && needs(object, other)),
    }));
    const done = new Set<Values>();
    const ordered: Ordered[] = [];
    while (left.length > 0) {
        const next = left.findIndex(({ dependencies }) => dependencies.every((item) => done.has(item)));
        if (next < 0) {
            const names = left.map(({ object }) => reference(object)).join(", ");
            throw new Error(`these objects depend on each other: ${names}`);
        }
        const [item] = left.splice(next, 1);
        if (!item) break;
        done.add(item.object);
        ordered.push(item);
    }
    return ordered;
}

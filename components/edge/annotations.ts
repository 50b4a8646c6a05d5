// Annotations that this stack decides, beside those that somebody gives. Pure.
export type Annotations = Record<string, string>;

/** These, with a prefix before each name. */
export const prefixed = (prefix: string, annotations: Annotations): Annotations =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [prefix + name, value]));

/** What a controller is told. */
export interface Decided {
    values: Annotations;
    /** Whether an annotation is for `values` alone to give. */
    covers: (name: string) => boolean;
    /** Whether it is a list to which others may add, of names, or of names with values. */
    isList: (name: string) => boolean;
}

/** The items of a list, by name. */
const itemsOf = (list: string): [string, string][] =>
    list
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "")
        .map((item) => [item.replace(/=.*/s, ""), item]);

/** Those that are given and say something else than what is decided: name, value, and what it should be. */
export const contradictions = ({ values, covers, isList }: Decided, given: Annotations) =>
    Object.entries(given).flatMap(([name, value]) => {
        if (!covers(name)) return [];
        if (!isList(name)) return values[name] === value ? [] : [{ name, value, decided: values[name] }];
        const ours = new Map(itemsOf(values[name] ?? ""));
        return itemsOf(value)
            .filter(([item, whole]) => (ours.get(item) ?? whole) !== whole)
            .map(([item, whole]) => ({ name, value: whole, decided: ours.get(item) }));
    });

/** All of them; to a list that is decided, what is given is added. */
export function merged({ values, isList }: Decided, given: Annotations): Annotations {
    const lists = Object.entries(given)
        .filter(([name]) => isList(name) && values[name] !== undefined)
        .map(([name, value]) => {
            const items = new Map([...itemsOf(values[name]!), ...itemsOf(value)]);
            return [name, [...items.values()].join(",")];
        });
    return { ...given, ...values, ...(Object.fromEntries(lists) as Annotations) };
}

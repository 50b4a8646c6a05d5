// Labels and the selectors of them, as Kubernetes matches them. A label or a part of a selector that is not known leaves open whether
// they match, but for what the known ones rule out.
import { type Field, UnknownValue } from "../field";
import { orUnknown, type Verdict } from "../verdict";

export interface Labels {
    values: ReadonlyMap<string, string | UnknownValue>;
    /** Set when it is not known which labels there are. */
    unknown?: UnknownValue;
}

export interface Requirement {
    key: string;
    operator: string;
    values: string[];
}

export interface Selector {
    /** All of them must hold; nothing is required when there are none. */
    requirements: Requirement[];
    /** Set when a requirement is not known. */
    unknown?: UnknownValue;
}

/** Selects all, where an empty selector does. */
export const everything: Selector = { requirements: [] };

/** The labels in a metadata. */
export function labelsOf(metadata: Field): Labels {
    const entries = orUnknown(() => metadata.at("labels").entries);
    if (entries instanceof UnknownValue) return { values: new Map(), unknown: entries };
    const values = entries.map(([key, value]) => [key, orUnknown(() => value.scalar ?? "")] as const);
    return { values: new Map(values) };
}

/** The selector that reads its requirements by parts. */
function selectorOf(parts: (() => (Requirement | UnknownValue)[])[]): Selector {
    const requirements: Requirement[] = [];
    let unknown: UnknownValue | undefined;
    for (const read of parts) {
        const found = orUnknown(read);
        for (const one of Array.isArray(found) ? found : [found]) {
            if (one instanceof UnknownValue) unknown ??= one;
            else requirements.push(one);
        }
    }
    return { requirements, unknown };
}

const exactly = (map: Field) => () =>
    map.entries.map(([key, value]) =>
        orUnknown((): Requirement => ({ key, operator: "In", values: [value.scalar ?? ""] })),
    );

/** A map of labels that all must be there, as a Service has it. */
export const mapSelector = (map: Field): Selector => selectorOf([exactly(map)]);

/** A LabelSelector with matchLabels and matchExpressions. */
export const labelSelector = (selector: Field): Selector =>
    selectorOf([
        () => exactly(selector.at("matchLabels"))(),
        () =>
            selector.at("matchExpressions").items.map((expression) =>
                orUnknown((): Requirement => ({
                    key: expression.at("key").scalar ?? "",
                    operator: expression.at("operator").scalar ?? "",
                    values: expression.at("values").items.map((value) => value.scalar ?? ""),
                })),
            ),
    ]);

/** Whether it surely requires nothing; whether that selects all or nothing differs from kind to kind. */
export const isEmpty = ({ requirements, unknown }: Selector): Verdict => requirements.length === 0 && (unknown ?? true);

function holds({ key, operator, values }: Requirement, labels: Labels): Verdict {
    const value = labels.values.get(key) ?? labels.unknown;
    if (value === undefined) return operator === "NotIn" || operator === "DoesNotExist";
    const certain = value !== labels.unknown;
    switch (operator) {
        case "Exists":
            return certain || value;
        case "DoesNotExist":
            return certain ? false : value;
        case "In":
            return typeof value === "string" ? values.includes(value) : value;
        case "NotIn":
            return typeof value === "string" ? !values.includes(value) : value;
        default:
            return false;
    }
}

/** Whether the selector selects what has these labels. */
export function selects({ requirements, unknown }: Selector, labels: Labels): Verdict {
    // Asked of each pair of a selector and a pod, so it makes no list.
    let open: Verdict = unknown ?? true;
    for (const requirement of requirements) {
        const verdict = holds(requirement, labels);
        if (verdict === false) return false;
        if (open === true) open = verdict;
    }
    return open;
}

export interface Selection<T> {
    sure: T[];
    /** What may be selected, with the value that decides it. */
    open: [T, UnknownValue][];
}

/** Labelled things by their labels, so that a selector need not look at each. */
export class LabelIndex<T> {
    private readonly all: [T, Labels][];
    private readonly byLabel = new Map<string, [T, Labels][]>();
    /** Those with a label that is not known: they may have any. */
    private readonly open: [T, Labels][] = [];

    constructor(all: Iterable<[T, Labels]>) {
        this.all = [...all];
        for (const one of this.all) {
            const [, { values, unknown }] = one;
            if (unknown ?? [...values.values()].some((value) => typeof value !== "string")) this.open.push(one);
            else for (const [key, value] of values) this.put(`${key}=${String(value)}`, one);
        }
    }

    private put(label: string, one: [T, Labels]): void {
        const found = this.byLabel.get(label);
        if (found) found.push(one);
        else this.byLabel.set(label, [one]);
    }

    /** Looks no further when it has found `most` that are surely selected. */
    select(selector: Selector, most = Infinity): Selection<T> {
        const selection: Selection<T> = { sure: [], open: [] };
        for (const list of this.candidates(selector)) {
            for (const [thing, labels] of list) {
                if (selection.sure.length >= most) return selection;
                const verdict = selects(selector, labels);
                if (verdict === true) selection.sure.push(thing);
                else if (verdict !== false) selection.open.push([thing, verdict]);
            }
        }
        return selection;
    }

    /** The shortest lists that hold all that the selector can select: by the rarest of the labels that it wants. */
    private candidates({ requirements }: Selector): [T, Labels][][] {
        let fewest = { count: this.all.length, lists: [this.all] };
        for (const { key, operator, values } of requirements) {
            if (operator !== "In") continue;
            const lists = [...new Set(values)].map((value) => this.byLabel.get(`${key}=${value}`) ?? []);
            const count = lists.reduce((sum, { length }) => sum + length, this.open.length);
            if (count < fewest.count) fewest = { count, lists: [...lists, this.open] };
        }
        return fewest.lists;
    }
}

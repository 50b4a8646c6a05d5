// The pods that a stack runs, by namespace and label.
import { UnknownValue } from "../field";
import { type Selection, LabelIndex, labelsOf, type Selector } from "./label-selector";
import { ByNamespace } from "./namespaces";
import { podsOf } from "./pods";
import { derivedOnce } from "../resource";
import type { PlacedPod, Stack } from "../stack";
import { orUnknown } from "../verdict";

const runs = ({ pod: { patch, object } }: PlacedPod) => !patch && object.kind !== "PodTemplate";

export class StackPods {
    /** Set when a resource may run pods that are not known. */
    readonly unseen: UnknownValue | undefined;
    /** A patch and a PodTemplate run no pod, and the labels of one that an operator fills in are not known. */
    readonly all: ByNamespace<PlacedPod>;
    private readonly indexes = new Map<string, LabelIndex<PlacedPod>>();

    constructor(stack: Stack) {
        for (const resource of stack.resources) {
            const pods = orUnknown(() => podsOf(resource));
            if (pods instanceof UnknownValue) this.unseen ??= pods;
        }
        this.all = new ByNamespace(stack, stack.pods.filter(runs), ({ resource, pod }) => ({
            resource,
            object: pod.object,
        }));
    }

    /**
     * The pods that a selector selects in a namespace. Those whose namespace is not known may be in it.
     * Looks no further when it has found `most` that are surely selected.
     */
    select(namespace: string, selector: Selector, most?: number): Selection<PlacedPod> {
        const selection = this.index(namespace).select(selector, most);
        if (this.all.open.length === 0) return selection;
        const elsewhere = this.index("").select(selector);
        const decides = new Map(this.all.open);
        const placed = [...elsewhere.sure, ...elsewhere.open.map(([pod]) => pod)];
        return {
            sure: selection.sure,
            open: [
                ...selection.open,
                ...placed.map((pod): Selection<PlacedPod>["open"][0] => [pod, decides.get(pod)!]),
            ],
        };
    }

    /** The index of a namespace; of "", those whose namespace is not known. */
    private index(namespace: string): LabelIndex<PlacedPod> {
        let index = this.indexes.get(namespace);
        if (!index) {
            const pods = namespace === "" ? this.all.open.map(([pod]) => pod) : this.all.in(namespace);
            index = new LabelIndex(pods.map((placed) => [placed, labelsOf(placed.pod.metadata)]));
            this.indexes.set(namespace, index);
        }
        return index;
    }
}

export const podsOfStack = derivedOnce((stack: Stack) => new StackPods(stack));

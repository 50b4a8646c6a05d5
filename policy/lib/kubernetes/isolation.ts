// The pods of a stack that network policies can isolate, and the policies that do.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { UnknownValue } from "../field";
import { allowsAll, type Direction, isolates, networkPolicies, podSelectorOf, rulesOf } from "./network-policy";
import { isEmpty, type Selector } from "./label-selector";
import { ByNamespace } from "./namespaces";
import { otherPolicies } from "./other-policies";
import { derivedOnce } from "../resource";
import type { Config } from "../rule";
import type { PlacedObject, PlacedPod, Stack } from "../stack";
import { podsOfStack } from "./stack-pods";
import { allOf, anyOf, orUnknown, settled, type Verdict } from "../verdict";

/** What a network policy isolates. */
export interface Isolation {
    /** The pods that it is for. */
    selector: Selector;
    isolates: Record<Direction, Verdict>;
    /** Whether its rules let everything through. */
    allowsAll: Record<Direction, Verdict>;
    /** For a policy of the whole cluster, whether it is for a namespace. */
    covers?: (namespace: string) => Verdict;
}

export type StackPolicy = PlacedObject & Isolation;

const inBoth = (of: (direction: Direction) => Verdict) => ({ Ingress: of("Ingress"), Egress: of("Egress") });

const ownPolicy = (placed: PlacedObject): StackPolicy => ({
    ...placed,
    selector: podSelectorOf(placed.object),
    isolates: inBoth((direction) => isolates(placed.object, direction)),
    allowsAll: inBoth((direction) =>
        orUnknown(() => settled(anyOf(rulesOf(placed.object, direction).map((rule) => allowsAll(rule, direction))))),
    ),
});

/** The network policies of a stack. A patch is of a policy that is not the stack's. */
export class Policies {
    private readonly byNamespace: ByNamespace<StackPolicy>;
    private readonly ofCluster: StackPolicy[];
    /** Those of the cluster that are for a namespace, or may be: found once, for all rules and directions. */
    private readonly covering = new Map<string, [StackPolicy, Verdict][]>();

    constructor(stack: Stack) {
        const own = stack.objectsOf(networkPolicies).filter(({ object }) => !object.patch);
        const all = [...own.map(ownPolicy), ...otherPolicies(stack)];
        this.ofCluster = all.filter(({ covers }) => covers);
        this.byNamespace = new ByNamespace(stack, all.filter(({ covers }) => !covers), (policy) => policy); // prettier-ignore
    }

    private ofClusterIn(namespace: string): [StackPolicy, Verdict][] {
        const known = this.covering.get(namespace);
        if (known) return known;
        const verdicts = this.ofCluster.map((policy): [StackPolicy, Verdict] => [policy, policy.covers!(namespace)]);
        const covering = verdicts.filter(([, verdict]) => verdict !== false);
        this.covering.set(namespace, covering);
        return covering;
    }

    /** Those that are surely for the namespace. */
    in(namespace: string): StackPolicy[] {
        const sure = this.ofClusterIn(namespace).filter(([, verdict]) => verdict === true);
        return [...this.byNamespace.in(namespace), ...sure.map(([policy]) => policy)];
    }

    /** Those that may be for the namespace, with the value that decides it. */
    openIn(namespace: string): [StackPolicy, UnknownValue][] {
        const open = this.ofClusterIn(namespace).flatMap(([policy, verdict]): [StackPolicy, UnknownValue][] =>
            typeof verdict === "boolean" ? [] : [[policy, verdict]],
        );
        return [...this.byNamespace.open, ...open];
    }
}

export const policiesOf = derivedOnce((stack: Stack) => new Policies(stack));

/** Whether the policy denies every pod that it is for all that no rule allows. */
export const denies = ({ selector, ...policy }: StackPolicy, direction: Direction): Verdict =>
    allOf([isEmpty(selector), policy.isolates[direction], not(policy.allowsAll[direction])]);

const not = (verdict: Verdict): Verdict => (typeof verdict === "boolean" ? !verdict : verdict);

/** NetworkPolicies do not hold for pods in the network of their node. */
const isolable = ({ pod }: PlacedPod) => orUnknown(() => pod.spec.at("hostNetwork").value) !== true;

export const elsewhere: Record<string, PolicyConfigJSONSchema> = {
    elsewhere: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "namespaces whose NetworkPolicies are made outside of the stack",
    },
};

/** The pods that policies of the stack should isolate, by namespace. */
export function podsToIsolate(stack: Stack, config: Config): [namespace: string, PlacedPod[]][] {
    const skipped = config.elsewhere as string[];
    return podsOfStack(stack)
        .all.namespaces.filter(([namespace]) => !skipped.includes(namespace))
        .map(([namespace, pods]): [string, PlacedPod[]] => [namespace, pods.filter(isolable)])
        .filter(([, pods]) => pods.length > 0);
}

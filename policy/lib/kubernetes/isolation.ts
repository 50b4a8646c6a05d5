// The pods of a stack that NetworkPolicies can isolate, and the policies that do.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { type Selector } from "./label-selector";
import { ByNamespace } from "./namespaces";
import { type Direction, isolates, networkPolicies, podSelectorOf } from "./network-policy";
import { derivedOnce } from "../resource";
import type { Config } from "../rule";
import type { PlacedObject, PlacedPod, Stack } from "../stack";
import { podsOfStack } from "./stack-pods";
import { orUnknown, type Verdict } from "../verdict";

export interface StackPolicy extends PlacedObject {
    /** The pods that it is for. */
    selector: Selector;
    isolates: Record<Direction, Verdict>;
}

/** The NetworkPolicies of a stack. A patch is of a policy that is not the stack's. */
export const policiesOf = derivedOnce((stack: Stack): ByNamespace<StackPolicy> => {
    const own = stack.objectsOf(networkPolicies).filter(({ object }) => !object.patch);
    const policies = own.map((placed): StackPolicy => {
        const { object } = placed;
        const [ingress, egress] = [isolates(object, "Ingress"), isolates(object, "Egress")];
        return { ...placed, selector: podSelectorOf(object), isolates: { Ingress: ingress, Egress: egress } };
    });
    return new ByNamespace(stack, policies, (policy) => policy);
});

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

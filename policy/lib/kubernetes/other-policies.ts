// Network policies of other kinds than Kubernetes' own: of Cilium, of Calico, and those of the network-policy-api. They are read as far
// as it takes to tell which pods they isolate; what a rule cannot tell of one is among what was not judged.
import { ofAdmin } from "./admin-policies";
import { ofCalico } from "./calico-policies";
import { ofCilium } from "./cilium-policies";
import { UnknownValue } from "../field";
import type { Isolation, StackPolicy } from "./isolation";
import type { Family } from "./objects";
import { inBoth } from "./policy-scope";
import type { PlacedObject, Stack } from "../stack";
import { orUnknown } from "../verdict";

const calico = ["projectcalico.org", "crd.projectcalico.org"];

const families: { family: Family; read: (stack: Stack, placed: PlacedObject) => (Isolation | undefined)[] }[] = [
    { family: { kind: "CiliumNetworkPolicy", groups: ["cilium.io"] }, read: (stack, placed) => ofCilium(stack, placed, false) },
    { family: { kind: "CiliumClusterwideNetworkPolicy", groups: ["cilium.io"] }, read: (stack, placed) => ofCilium(stack, placed, true) },
    ...["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"].map((kind) => ({
        family: { kind, groups: ["policy.networking.k8s.io"] },
        read: ofAdmin,
    })),
    { family: { kind: "NetworkPolicy", groups: calico }, read: (stack, placed) => ofCalico(stack, placed, false) },
    { family: { kind: "GlobalNetworkPolicy", groups: calico }, read: (stack, placed) => ofCalico(stack, placed, true) },
]; // prettier-ignore

/** One that cannot be read may isolate any pod of its namespace, or of all. */
const unread = (value: UnknownValue): Isolation => ({
    selector: { requirements: [], unknown: value },
    isolates: inBoth(() => value),
    allowsAll: inBoth(() => false),
    covers: () => value,
});

/** The policies of a stack that are not Kubernetes' own. */
export const otherPolicies = (stack: Stack): StackPolicy[] =>
    families.flatMap(({ family, read }) =>
        stack
            .objectsOf(family)
            .filter(({ object }) => !object.patch)
            .flatMap((placed): StackPolicy[] => {
                const policies = orUnknown(() => read(stack, placed));
                const found = policies instanceof UnknownValue ? [unread(policies)] : policies;
                return found.flatMap((policy) => (policy ? [{ ...placed, ...policy }] : []));
            }),
    );

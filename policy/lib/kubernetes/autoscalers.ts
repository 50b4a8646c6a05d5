// The autoscalers of a stack, by what they scale.
import type { Field } from "../field";
import type { KubernetesObject } from "./objects";
import type { StackResource } from "../resource";
import type { StackJudge } from "../rule";
import type { PlacedObject, Stack } from "../stack";

export interface Autoscaler {
    resource: StackResource;
    least: Field;
    most: Field;
    /** What `least` and `most` are when they are absent. */
    defaults: { least: number; most: number };
}

const horizontal = { kind: "HorizontalPodAutoscaler", groups: ["autoscaling", "extensions"] };
const keda = { kind: "ScaledObject", groups: ["keda.sh"] };

const keyOf = (kind: string, { fields }: KubernetesObject, name: Field) =>
    [kind, fields.at("metadata", "namespace").value ?? "default", name.value].join("/");

function autoscaler({ resource, object }: PlacedObject): [key: string, Autoscaler] {
    const spec = object.fields.at("spec");
    const target = spec.at("scaleTargetRef");
    const isKeda = object.kind === keda.kind;
    const key = keyOf(target.at("kind").text ?? "Deployment", object, target.at("name"));
    const [least, most] = isKeda ? ["minReplicaCount", "maxReplicaCount"] : ["minReplicas", "maxReplicas"];
    const defaults = isKeda ? { least: 0, most: 100 } : { least: 1, most: 1 };
    return [key, { resource, least: spec.at(least), most: spec.at(most), defaults }];
}

export class Autoscalers {
    private readonly byTarget = new Map<string, Autoscaler>();
    /** Whether it is not known yet what one of them scales. */
    readonly unsure: boolean;

    constructor(stack: Stack, judge: StackJudge) {
        const all = stack.objectsOf(horizontal, keda).filter(({ object }) => !object.patch);
        let known = 0;
        judge.each(all, (placed) => {
            this.byTarget.set(...autoscaler(placed));
            known += 1;
        });
        this.unsure = known < all.length;
    }

    /** The one that scales the object. */
    of(object: KubernetesObject): Autoscaler | undefined {
        if (this.byTarget.size === 0) return undefined;
        return this.byTarget.get(keyOf(object.kind, object, object.fields.at("metadata", "name")));
    }
}

/** How many replicas a field says. */
export const replicasOf = (field: Field, absent: number): number => (field.absent ? absent : field.number);

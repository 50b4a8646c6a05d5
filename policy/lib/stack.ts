// All resources of a stack, with what the stack rules look up in them: found once, for all of them.
import { UnknownValue } from "./field";
import { type Family, isOf, type KubernetesObject, objectsOf } from "./kubernetes/objects";
import { type Pod, podsOf } from "./kubernetes/pods";
import type { Resource, StackResource } from "./resource";

export interface PlacedObject {
    resource: StackResource;
    object: KubernetesObject;
}

export interface PlacedPod {
    resource: StackResource;
    pod: Pod;
}

/** Nothing where what it holds is not known: the rules that judge the resource by itself say so. */
function known<T>(of: (resource: Resource) => T[], resource: Resource): T[] {
    try {
        return of(resource);
    } catch (error) {
        if (error instanceof UnknownValue) return [];
        throw error;
    }
}

export class Stack {
    readonly objects: PlacedObject[];
    readonly pods: PlacedPod[];
    private readonly byUrn: Map<string, StackResource>;

    constructor(readonly resources: StackResource[]) {
        this.objects = resources.flatMap((resource) =>
            known(objectsOf, resource).map((object) => ({ resource, object })),
        );
        this.pods = resources.flatMap((resource) => known(podsOf, resource).map((pod) => ({ resource, pod })));
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    }

    /** The objects of some families. */
    objectsOf(...families: Family[]): PlacedObject[] {
        return this.objects.filter(({ object }) => families.some((family) => isOf(object, family)));
    }

    /** The resources of a type, or of each type that a pattern fits. */
    ofType(type: RegExp): StackResource[] {
        return this.resources.filter((resource) => type.test(resource.type));
    }

    without(left: StackResource): Stack {
        return new Stack(this.resources.filter((resource) => resource !== left));
    }

    find(urn: string): StackResource | undefined {
        return this.byUrn.get(urn);
    }
}

// Where pods run, and what stands on objects and pods beside the stack's own. Pure.
import type { core } from "@pulumi/kubernetes/types/input";
import { isSet } from "../config/problems";
import type { Resolved } from "../parts";
import type { Labels } from "./labels";

export interface Placement {
    nodeSelector: Labels;
    tolerations: core.v1.Toleration[];
    affinity: core.v1.Affinity;
    priorityClassName: string;
}

export const generalPlacement = (s: Resolved): Placement => ({
    nodeSelector: s.nodeSelector,
    tolerations: s.tolerations,
    affinity: s.affinity,
    priorityClassName: s.priorityClass,
});

export const appPlacement = (s: Resolved): Placement => ({
    nodeSelector: s.appNodeSelector,
    tolerations: s.appTolerations,
    affinity: s.appAffinity,
    priorityClassName: s.appPriorityClass,
});

export const postgresPlacement = (s: Resolved): Placement => ({
    nodeSelector: s.postgresNodeSelector,
    tolerations: s.postgresTolerations,
    affinity: s.postgresAffinity,
    priorityClassName: s.postgresPriorityClass,
});

/** What is set of some fields of an object. */
export const whereSet = <Fields extends object>(fields: Fields): Partial<Fields> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => isSet(value))) as Partial<Fields>;

/** What somebody wants to see on each pod. */
export const podMarks = (s: Resolved): { labels: Labels; annotations: Labels } => ({
    labels: { ...s.objectLabels, ...s.podLabels },
    annotations: { ...s.objectAnnotations, ...s.podAnnotations },
});

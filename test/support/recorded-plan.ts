// What a plan on a recorded state would do to what the stack holds.
import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { holdsData } from "../../ci/stateful";
import { type RecordedResource, type RecordedState, resourcesOf } from "./recorded-state";

/** Beside what holds data: what guards it, and what is in use under the name that it has. */
const inUse = [
    /^aws:s3\//,
    /^aws:iam\/user:User$/,
    /^kubernetes:core\/v1:Secret$/,
    /^kubernetes:barmancloud\.cnpg\.io\/\w+:ObjectStore$/,
    /^kubernetes:postgresql\.cnpg\.io\/\w+:ScheduledBackup$/,
];

/** Whether a new version must leave the resource where it is: it holds data or a key. */
export function mustStay(resource: RecordedResource): boolean {
    // The stack itself, and its providers.
    if (resource.type.startsWith("pulumi:")) return false;
    const { inputs = {} } = resource;
    return holdsData({ ...resource, inputs }) !== undefined || inUse.some((type) => type.test(resource.type));
}

/** An alias leads from the URN in the state to another one. */
const urnBefore = (step: StepEventMetadata) => step.old?.urn ?? step.urn;

/** The resources that must stay and would not, each with what would be done to it. */
export function losses(state: RecordedState, steps: StepEventMetadata[]): string[] {
    return resourcesOf(state)
        .filter(mustStay)
        .flatMap(({ urn }) => {
            const operations = steps.filter((step) => urnBefore(step) === urn).map(({ op }) => op as string);
            const stays = operations.length === 1 && ["same", "update"].includes(operations[0]!);
            return stays ? [] : [`${operations.join(", ") || "nothing"}: ${urn}`];
        });
}

const isChange = ({ op }: StepEventMetadata) => op !== "same";

/** What would change, counted by operation and type. */
export function summary(steps: StepEventMetadata[]): string[] {
    const kinds = steps.filter(isChange).map(({ op, type }) => `${op} ${type}`);
    return [...new Set(kinds)].sort().map((kind) => `${kinds.filter((other) => other === kind).length} × ${kind}`);
}

/** Every change, with the properties that it is about. */
export function details(steps: StepEventMetadata[]): string[] {
    return steps.filter(isChange).map(({ op, urn, detailedDiff, diffs }) => {
        const properties = Object.keys(detailedDiff ?? {});
        return [op, urn, ...(properties.length > 0 ? properties : (diffs ?? []))].join(" ");
    });
}

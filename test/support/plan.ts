// What a preview of the real engine plans: every resource with its URN and inputs, and what the policy pack says of it.
import assert from "node:assert/strict";
import * as path from "node:path";
import type { EngineEvent, PreviewOptions } from "@pulumi/pulumi/automation";
import { policyPack, repoDir, withStack } from "../../sandbox";
import type { Resource } from "./resources";
import { matchesSnapshot } from "./snapshot";

export interface PlannedResource extends Resource {
    urn: string;
}

export interface Plan {
    planned: PlannedResource[];
    /** What the policy pack reports: rule and URN. */
    found: string[];
}

/** Plans a stack, judged by the policy pack as the options say, with configuration over its own. */
export async function makePlan(
    stackName: string,
    options: PreviewOptions = policyPack,
    config: Record<string, string> = {},
): Promise<Plan> {
    const planned: PlannedResource[] = [];
    const found: string[] = [];
    const onEvent = ({ resourcePreEvent, policyEvent }: EngineEvent) => {
        if (policyEvent) found.push(`${policyEvent.policyName} ${policyEvent.resourceUrn}`);
        const state = resourcePreEvent?.metadata.new;
        if (!state || resourcePreEvent.metadata.op === "delete") return;
        planned.push({
            urn: state.urn,
            type: state.type,
            name: state.urn.split("::").at(-1)!,
            inputs: state.inputs,
        });
    };
    await withStack(stackName, (stack) => stack.preview({ ...options, onEvent }), { config });
    return { planned, found };
}

const plans = new Map<string, Promise<Plan>>();

/** The plan of a stack, judged with the project's configuration of the pack. Made once: several tests look at it. */
export function plan(stackName: string): Promise<Plan> {
    const made = plans.get(stackName) ?? makePlan(stackName);
    plans.set(stackName, made);
    return made;
}

/** Holds the URNs of a stack's plan against its snapshot. No policy may be against it. */
export async function assertCleanPlan(stackName: string): Promise<void> {
    const { planned, found } = await plan(stackName);
    const urns = planned.map(({ urn }) => urn).sort();
    matchesSnapshot(path.join(repoDir, "test/snapshots", `${stackName}.urns.txt`), urns);
    assert.deepEqual(found, []);
}

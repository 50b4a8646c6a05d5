// What a preview of the real engine plans: every resource with its URN and inputs.
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { withStack, type StackOptions } from "../../sandbox/engine";
import type { Resource } from "./resources";

export interface PlannedResource extends Resource {
    urn: string;
}

export async function plan(stackName: string, options: StackOptions = {}): Promise<PlannedResource[]> {
    const planned: PlannedResource[] = [];
    const onEvent = ({ resourcePreEvent }: EngineEvent) => {
        const state = resourcePreEvent?.metadata.new;
        if (!state || resourcePreEvent.metadata.op === "delete") return;
        planned.push({
            urn: state.urn,
            type: state.type,
            name: state.urn.split("::").at(-1)!,
            inputs: state.inputs,
        });
    };
    await withStack(stackName, (stack) => stack.preview({ onEvent }), options);
    return planned;
}

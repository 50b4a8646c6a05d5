// What a preview of the real engine plans: every resource with its URN and inputs.
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { withStack, type StackOptions } from "../../sandbox/engine";

export interface PlannedResource {
    urn: string;
    type: string;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    inputs: any;
    protect: boolean;
    retainOnDelete: boolean;
}

export async function plan(stackName: string, options: StackOptions = {}): Promise<PlannedResource[]> {
    const planned: PlannedResource[] = [];
    const onEvent = ({ resourcePreEvent }: EngineEvent) => {
        const state = resourcePreEvent?.metadata.new;
        if (!state || resourcePreEvent.metadata.op === "delete") return;
        planned.push({
            urn: state.urn,
            type: state.type,
            inputs: state.inputs,
            protect: state.protect === true,
            retainOnDelete: state.retainOnDelete === true,
        });
    };
    await withStack(stackName, (stack) => stack.preview({ onEvent }), options);
    return planned;
}

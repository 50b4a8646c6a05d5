// What a look at an object tells of its readiness.
import type { Api } from "../api";
import { at, type Values } from "../../lib/values";

/** `failed` is for good: waiting longer cannot help. */
export type Progress = { state: "ready" } | { state: "waiting" | "failed"; reason: string };

export type Check = (object: Values, api: Api) => Progress | Promise<Progress>;

export const ready: Progress = { state: "ready" };

export function waiting(reason: string): Progress {
    return { state: "waiting", reason };
}

export function failed(reason: string): Progress {
    return { state: "failed", reason };
}

export interface Condition {
    type: string;
    status: string;
    observedGeneration?: number;
    reason?: string;
    message?: string;
}

export function conditions(object: Values): Condition[] {
    return at<Condition[]>(object, "status", "conditions") ?? [];
}

export function condition(object: Values, type: string): Condition | undefined {
    return conditions(object).find((item) => item.type === type);
}

export const isTrue = (of: Condition | undefined) => of?.status === "True";

/** A number of the status; 0 where the controller left it out. */
export function count(object: Values, name: string): number {
    return at<number>(object, "status", name) ?? 0;
}

/** Whether the controller has seen the newest spec. */
export function observed(object: Values): boolean {
    return count(object, "observedGeneration") >= (at<number>(object, "metadata", "generation") ?? 0);
}

// The steps of a canary. Pure.
import type { Resolved } from "../parts";

export interface Step {
    percent: number;
    seconds: number;
}

const unitSeconds = { s: 1, m: 60, h: 3600 };

/** A step as the settings write it, such as 10%:1m; undefined if it is none. */
export function step(text: string): Step | undefined {
    const [, percent, duration, unit] = /^([1-9]\d?)%:([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
    if (percent === undefined) return undefined;
    return { percent: Number(percent), seconds: Number(duration) * unitSeconds[unit as keyof typeof unitSeconds] };
}

export const steps = ({ canarySteps }: Pick<Resolved, "canarySteps">): Step[] =>
    canarySteps.flatMap((text) => step(text) ?? []);

// How Argo Rollouts brings a new version to all requests: the strategy of its Rollout. Pure.
import type { Resolved } from "../parts";
import { steps } from "./steps";

export const strategy = (s: Resolved): object => ({ canary: canary(s) });

const canary = (s: Resolved): object => ({
    maxSurge: 1,
    maxUnavailable: 0,
    steps: steps(s).flatMap(({ percent, seconds }) => [{ setWeight: percent }, { pause: { duration: `${seconds}s` } }]),
});

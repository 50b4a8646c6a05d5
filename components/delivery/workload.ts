// What makes the app's pods. Pure.
import type { Resolved } from "../parts";

export const rolloutKind = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" } as const;

export const isRollout = ({ delivery }: Pick<Resolved, "delivery">) => delivery !== "rolling";

export const workloadKind = (s: Pick<Resolved, "delivery">) =>
    isRollout(s) ? rolloutKind : ({ apiVersion: "apps/v1", kind: "Deployment" } as const);

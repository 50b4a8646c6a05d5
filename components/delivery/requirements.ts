import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { isRollout, rolloutKind } from "./workload";

export const requirements = (s: Resolved): Requirement[] =>
    isRollout(s)
        ? [
              {
                  api: `${rolloutKind.apiVersion}/${rolloutKind.kind}`,
                  what: `Argo Rollouts, which delivery ${s.delivery} needs, is not installed`,
                  fix: "install it: https://argo-rollouts.readthedocs.io/en/stable/installation/, or take the Deployment: pulumi config set delivery rolling",
              },
          ]
        : [];

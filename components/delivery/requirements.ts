import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { traefikApi } from "./weights";
import { isRollout, isSplit, rolloutKind } from "./workload";

export const requirements = (s: Resolved): Requirement[] => [...argo(s), ...traefik(s)];

const argo = (s: Resolved): Requirement[] =>
    isRollout(s)
        ? [
              {
                  api: `${rolloutKind.apiVersion}/${rolloutKind.kind}`,
                  what: `Argo Rollouts, which delivery ${s.delivery} needs, is not installed`,
                  fix: "install it: https://argo-rollouts.readthedocs.io/en/stable/installation/, or take the Deployment: pulumi config set delivery rolling",
              },
          ]
        : [];

const traefik = (s: Resolved): Requirement[] =>
    isSplit(s) && s.canaryTraffic === "traefik"
        ? [
              {
                  api: `${traefikApi.apiVersion}/${traefikApi.kind}`,
                  what: "the definitions of Traefik, by which it splits requests, are not installed",
                  fix:
                      "install them, once for the cluster: https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-crd/, " +
                      "and switch on its provider kubernetesCRD",
              },
          ]
        : [];

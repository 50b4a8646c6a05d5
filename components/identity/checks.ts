import { type Problem, shown } from "../config/error";
import { isSet, onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { accessKeyGenerations, usesExisting } from "./ways";

/** Settings that say nothing, but for one way to credentials. */
const only: Record<Resolved["awsCredentials"], Key[]> = {
    accessKey: [...accessKeyGenerations],
    irsa: ["oidcProviderArn", "stsEndpoint", "stsCidrs"],
    podIdentity: ["eksClusterName"],
};

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...Object.entries(only).flatMap(([way, keys]) =>
        s.awsCredentials === way ? [] : onlyFor(s, chosen, "awsCredentials", way, keys),
    ),
    ...(s.awsCredentials === "irsa" ? needed(s, "oidcProviderArn", "the ARN of the cluster's OIDC provider") : []),
    ...(s.awsCredentials === "podIdentity" ? needed(s, "eksClusterName", "the name of the EKS cluster") : []),
    ...(s.awsCredentials === "podIdentity" ? pathOfPods(chosen) : []),
    ...(usesExisting(s) ? ofExisting(chosen) : []),
];

/** Where one key exists for all, nothing of IAM is made that these would be about. */
const ofExisting = (chosen: JustDbCloudArgs): Problem[] =>
    (["awsCredentials", "iamPath", "iamPermissionsBoundary", ...accessKeyGenerations] as const)
        .filter((key) => chosen[key] !== undefined)
        .map((key) => ({
            key,
            also: ["storageExistingSecret"],
            got: `${shown(chosen[key])}, with storageExistingSecret`,
            allowed: "nothing: pods use the key that exists, and nothing of IAM is made",
            fix: `remove ${key} or storageExistingSecret`,
        }));

const needed = (s: Resolved, key: Key, allowed: string): Problem[] =>
    isSet(s[key])
        ? []
        : [
              {
                  key,
                  also: ["awsCredentials"],
                  got: `nothing, with awsCredentials ${s.awsCredentials}`,
                  allowed,
                  fix: `set ${key}, or take another awsCredentials`,
              },
          ];

/** EKS associates no role that has one. */
const pathOfPods = ({ iamPath }: JustDbCloudArgs): Problem[] =>
    iamPath === undefined
        ? []
        : [
              {
                  key: "iamPath",
                  also: ["awsCredentials"],
                  got: `${iamPath}, with awsCredentials podIdentity`,
                  allowed: "nothing: EKS Pod Identity takes roles without a path only",
                  fix: "remove iamPath, or take another awsCredentials",
              },
          ];

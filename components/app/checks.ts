import { atMost, notBoth, notGenerated, onlyWith } from "../config/problems";
import { bytes, millicores } from "../lib/units";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { extraChecks } from "./extra-checks";

export const checks = (s: Resolved, chosen: JustDbCloudArgs) => [
    ...atMost(s, "appReplicas", "appMaxReplicas", Number),
    ...atMost(s, "appCpuRequest", "appCpuLimit", millicores),
    ...atMost(s, "appMemoryRequest", "appMemoryLimit", bytes),
    ...notBoth(s, "jwtSecret", "jwtExistingSecret"),
    ...onlyWith(s, chosen, "jwtExistingSecret", ["jwtExistingSecretKey"]),
    ...extraChecks(s),
    ...notGenerated(s, "jwtSecretGeneration", ["jwtSecret", "jwtExistingSecret"]),
];

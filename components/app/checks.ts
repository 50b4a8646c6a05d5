import { atMost, notBoth, notGenerated } from "../config/problems";
import { bytes, millicores } from "../lib/units";
import type { Resolved } from "../parts";
import { extraChecks } from "./extra-checks";

export const checks = (s: Resolved) => [
    ...atMost(s, "appReplicas", "appMaxReplicas", Number),
    ...atMost(s, "appCpuRequest", "appCpuLimit", millicores),
    ...atMost(s, "appMemoryRequest", "appMemoryLimit", bytes),
    ...notBoth(s, "jwtSecret", "jwtExistingSecret"),
    ...extraChecks(s),
    ...notGenerated(s, "jwtSecretGeneration", ["jwtSecret", "jwtExistingSecret"]),
];

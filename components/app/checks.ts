import { atMost, notBoth, onlyWith } from "../config/problems";
import { bytes, millicores } from "../lib/units";
import type { JustDbCloudArgs, Resolved } from "../parts";

export const checks = (s: Resolved, chosen: JustDbCloudArgs) => [
    ...atMost(s, "appReplicas", "appMaxReplicas", Number),
    ...atMost(s, "appCpuRequest", "appCpuLimit", millicores),
    ...atMost(s, "appMemoryRequest", "appMemoryLimit", bytes),
    ...notBoth(s, "jwtSecret", "jwtExistingSecret"),
    ...onlyWith(s, chosen, "jwtExistingSecret", ["jwtExistingSecretKey"]),
];

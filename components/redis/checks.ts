import type { Problem } from "../config/error";
import { external, notBoth, onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";

const ofInCluster: Key[] = ["redisImage", "redisMemory", "redisStorageSize", "redisStorageClass"];
const ofExternal: Key[] = ["redisHost", "redisPort", "redisTls", "redisCidrs", "redisExistingSecret"];

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...notBoth(s, "redisPassword", "redisExistingSecret"),
    ...(s.redisMode === "external"
        ? [
              ...external(s, "redisMode", {
                  host: "redisHost",
                  cidrs: "redisCidrs",
                  credentials: ["redisPassword", "redisExistingSecret"],
              }),
              ...onlyFor(s, chosen, "redisMode", "inCluster", ofInCluster),
          ]
        : onlyFor(s, chosen, "redisMode", "external", ofExternal)),
];

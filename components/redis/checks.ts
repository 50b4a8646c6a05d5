import type { Problem } from "../config/error";
import { external, notBoth, notGenerated, onlyFor, onlyWith } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";

const ofInCluster: Key[] = [
    "redisImage",
    "redisMemory",
    "redisStorageSize",
    "redisStorageClass",
    "redisPasswordGeneration",
];
const ofExternal: Key[] = ["redisHost", "redisPort", "redisTls", "redisCaCertificates", "redisCidrs", "redisUser"];

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...notBoth(s, "redisPassword", "redisExistingSecret"),
    ...onlyWith(s, chosen, "redisExistingSecret", ["redisExistingSecretKey"]),
    ...(s.redisMode === "external"
        ? [
              ...external(s, "redisMode", {
                  host: "redisHost",
                  cidrs: "redisCidrs",
                  credentials: ["redisPassword", "redisExistingSecret"],
              }),
              ...onlyFor(s, chosen, "redisMode", "inCluster", ofInCluster),
              ...(s.redisTls ? [] : onlyFor(s, chosen, "redisTls", "true", ["redisCaCertificates"])),
          ]
        : [
              ...onlyFor(s, chosen, "redisMode", "external", ofExternal),
              ...notGenerated(s, "redisPasswordGeneration", ["redisPassword", "redisExistingSecret"]),
          ]),
    ...unread(s),
    ...(s.redisMetrics ? [] : onlyFor(s, chosen, "redisMetrics", "true", ["redisExporterImage"])),
];

function unread(s: Resolved): Problem[] {
    if (!s.redisMetrics || s.metricsScrape !== "none") return [];
    return [
        {
            key: "redisMetrics",
            also: ["metricsScrape"],
            got: "true, with metricsScrape none",
            allowed: "false: nobody may read the metrics",
            fix: "remove redisMetrics, or set metricsScrape to annotations or prometheusOperator",
        },
    ];
}

import { type Problem, shown } from "../config/error";
import { onlyWith } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { archiveSource } from "./source";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...archiveOfExternal(s),
    ...onlyWith(s, chosen, "restoreFrom", ["restoreFromKmsKeyArn"]),
];

/** Only CloudNativePG can start a server from an archive. */
function archiveOfExternal(s: Resolved): Problem[] {
    if (s.postgresMode === "managed" || !archiveSource(s)) return [];
    return [
        {
            key: "restoreFrom",
            also: ["postgresMode"],
            got: `${shown(s.restoreFrom)}, with postgresMode external`,
            allowed: "a backup: s3://BUCKET/latest, s3://BUCKET/ID or s3://BUCKET/TIME",
            fix: "take a backup, or let the provider of the server restore it to the moment",
        },
    ];
}

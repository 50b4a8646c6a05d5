import { type Problem, shown } from "../config/error";
import type { Resolved } from "../parts";
import { archiveSource } from "./source";

/** Only CloudNativePG can start a server from an archive. */
export function checks(s: Resolved): Problem[] {
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

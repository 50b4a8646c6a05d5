import { type Problem, shown } from "../config/error";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";

const ofArchive: Key[] = ["archiveSchedule", "archiveRetentionDays", "archiveTimeoutSeconds"];

/** What says how to archive says nothing without an archive. */
export function checks(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const useless = s.postgresArchive ? [] : ofArchive.filter((key) => chosen[key] !== undefined);
    return useless.map((key) => ({
        key,
        also: ["postgresArchive", "postgresMode"],
        got: `${shown(s[key])}, with postgresArchive false`,
        allowed: "nothing: it is for postgresArchive true only",
        fix: `remove ${key}${s.postgresMode === "managed" ? ", or set postgresArchive to true" : ""}`,
    }));
}

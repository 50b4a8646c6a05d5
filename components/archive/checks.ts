import { type Problem, shown } from "../config/error";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { usesArchive } from "./uses";

const ofArchive: Key[] = ["archiveSchedule", "archiveRetentionDays", "archiveTimeoutSeconds"];
/** What a recovery needs as well. */
const ofSidecar: Key[] = ["archiveCpuLimit", "archiveMemoryLimit"];

/** What says how to archive says nothing without an archive. */
export function checks(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const useless = [...(s.postgresArchive ? [] : ofArchive), ...(usesArchive(s) ? [] : ofSidecar)];
    const given = useless.filter((key) => chosen[key] !== undefined);
    return given.map((key) => ({
        key,
        also: ["postgresArchive", "postgresMode"],
        got: `${shown(s[key])}, with postgresArchive false`,
        allowed: "nothing: it is for postgresArchive true only",
        fix: `remove ${key}${s.postgresMode === "managed" ? ", or set postgresArchive to true" : ""}`,
    }));
}

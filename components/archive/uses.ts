import type { Resolved } from "../parts";
import { archiveSource } from "../restore/source";

/** Whether the database writes an archive, or is recovered from one. Pure. */
export const usesArchive = (s: Resolved): boolean =>
    s.postgresMode === "managed" && (s.postgresArchive || archiveSource(s) !== undefined);

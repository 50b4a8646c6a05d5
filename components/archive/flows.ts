import { databasePods } from "../database/names";
import { toAws } from "../identity/flows";
import type { Flow } from "../lib/flow";
import type { Resolved } from "../parts";
import { usesArchive } from "./uses";

/** The database's pods archive, and fetch what they are recovered from. */
export const flows = (s: Resolved): Flow[] => (usesArchive(s) ? toAws(databasePods, s) : []);

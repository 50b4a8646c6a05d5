import { toDatabase } from "../database/flows";
import { toAws } from "../identity/flows";
import type { Flow } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { migrationsPods } from "./names";

/** The way to storage is for the backup before the changes. */
export const flows = (s: Resolved): Flow[] => [
    toDns(migrationsPods, s),
    toDatabase(migrationsPods, s),
    ...toAws(migrationsPods, s),
];

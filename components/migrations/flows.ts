import { toDatabase } from "../database/flows";
import { type Flow, toDns } from "../lib/flow";
import type { Resolved } from "../parts";
import { toStorage } from "../storage/flows";
import { migrationsPods } from "./names";

/** The way to storage is for the backup before the changes. */
export const flows = (s: Resolved): Flow[] => [
    toDns(migrationsPods),
    toDatabase(migrationsPods, s),
    toStorage(migrationsPods, s),
];

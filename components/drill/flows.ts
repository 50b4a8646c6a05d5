import { type Flow, toDns } from "../lib/flow";
import type { Resolved } from "../parts";
import { toStorage } from "../storage/flows";
import { drillPods } from "./names";

/** The way to the live database is not among a drill's. */
export const flows = (s: Resolved): Flow[] => [toDns(drillPods), toStorage(drillPods, s)];

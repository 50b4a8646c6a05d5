import { toAws } from "../identity/flows";
import type { Flow } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { drillPods } from "./names";

/** The way to the live database is not among a drill's. */
export const flows = (s: Resolved): Flow[] => [toDns(drillPods, s), ...toAws(drillPods, s)];

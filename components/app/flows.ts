import { toDatabase } from "../database/flows";
import { toAws } from "../identity/flows";
import type { Flow } from "../lib/flow";
import { tunnelled } from "../mesh/flows";
import { toDns, toUrl } from "../network/flows";
import type { Resolved } from "../parts";
import { toRedis } from "../redis/flows";
import { appPods } from "./names";

export const flows = (s: Resolved): Flow[] => [
    toDns(appPods, s),
    ...toAws(appPods, s),
    toDatabase(appPods, s),
    toRedis(appPods, s),
    ...(s.otlpEndpoint === "" ? [] : [tunnelled(s, toUrl(appPods, s.otlpEndpoint, s))]),
];

import { toDatabase } from "../database/flows";
import { type Flow, toDns, toUrl } from "../lib/flow";
import type { Resolved } from "../parts";
import { toRedis } from "../redis/flows";
import { toStorage } from "../storage/flows";
import { appPods } from "./names";

export const flows = (s: Resolved): Flow[] => [
    toDns(appPods),
    toStorage(appPods, s),
    toDatabase(appPods, s),
    toRedis(appPods, s),
    ...(s.otlpEndpoint === "" ? [] : [toUrl(appPods, s.otlpEndpoint)]),
];

import { fleets } from "../delivery/times";
import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";

/** A volume of kind ephemeral is claimed for each pod. */
export const demands = (s: Resolved): Demand[] => {
    const claimed = s.appExtraVolumes.filter(({ ephemeral }) => ephemeral !== undefined).length;
    return [{ pods: fleets(s), volumes: fleets(s) * claimed }];
};

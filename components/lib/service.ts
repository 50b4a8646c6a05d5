import type { Resolved } from "../parts";

/** For the spec of a Service: an address of each family, where the cluster's pods have both. */
export const ipFamilyPolicy = ({ ipFamilies }: Resolved) =>
    ipFamilies === "dualStack" ? { ipFamilyPolicy: "PreferDualStack" } : {};

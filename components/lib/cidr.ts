import { IPv4 } from "ipaddr.js";

/** Of version 4, in the usual notation. */
export const isCidr = (value: string): boolean => IPv4.isValidCIDRFourPartDecimal(value);

/** Whether every address of one CIDR is in the other. */
export function covers(outer: string, inner: string): boolean {
    const wide = IPv4.parseCIDR(outer);
    const [address, prefix] = IPv4.parseCIDR(inner);
    return wide[1] <= prefix && address.match(wide);
}

// Ranges of IP addresses, of version 4 and 6.
import { IPv4, IPv6, parseCIDR } from "ipaddr.js";

/** As Kubernetes calls them. */
export type IpFamily = "IPv4" | "IPv6";

/** In the usual notation. An address of version 4 is not written as one of version 6: whoever compares addresses would not see it. */
export const isCidr = (value: string): boolean => IPv4.isValidCIDRFourPartDecimal(value) || isVersion6(value);

const isVersion6 = (value: string) =>
    /^[0-9a-f:]+\/\d+$/i.test(value) && IPv6.isValidCIDR(value) && !IPv6.parseCIDR(value)[0].isIPv4MappedAddress();

export const familyOf = (cidr: string): IpFamily => (cidr.includes(":") ? "IPv6" : "IPv4");

/** Whether it is one address. */
export function isSingle(cidr: string): boolean {
    const [address, prefix] = parseCIDR(cidr);
    return prefix === 8 * address.toByteArray().length;
}

/** Whether every address of one CIDR is in the other. */
export function covers(outer: string, inner: string): boolean {
    if (familyOf(outer) !== familyOf(inner)) return false;
    const wide = parseCIDR(outer);
    const [address, prefix] = parseCIDR(inner);
    return wide[1] <= prefix && address.match(wide);
}

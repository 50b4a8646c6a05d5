// Ranges of IP addresses, of version 4 and 6.
import { IPv4, IPv6 } from "ipaddr.js";

/** All addresses that begin with the first `prefix` bits of `network`, whose other bits are 0. */
export interface Range {
    network: IPv4 | IPv6;
    prefix: number;
}

/** No address is longer. */
const maxText = 128;

/** The addresses of a CIDR such as `10.0.0.0/8`, or the one address that it is; undefined when it is neither. */
export function rangeOf(cidr: string): Range | undefined {
    if (cidr.length > maxText) return undefined;
    const text = forLibrary(cidr.trim());
    const whole = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
    if (IPv4.isValidCIDRFourPartDecimal(whole)) return version4(whole);
    if (!IPv6.isValidCIDR(whole) || whole.includes("%")) return undefined;
    const [address, prefix] = IPv6.parseCIDR(whole);
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    if (address.isIPv4MappedAddress() && prefix >= 96)
        return version4(`${address.toIPv4Address().toString()}/${prefix - 96}`);
    return { network: IPv6.networkAddressFromCIDR(whole), prefix };
}

/** The same text, without what the library reads in another way than Kubernetes: 010.0.0.1 is no octal, ::10.0.0.1 no version 4. */
const forLibrary = (text: string) => text.replace(/\b0+(?=\d)/g, "").replace(/^::(?=\d+\.)/, "::0:");

const version4 = (cidr: string): Range => ({
    network: IPv4.networkAddressFromCIDR(cidr),
    prefix: IPv4.parseCIDR(cidr)[1],
});

/** The length of its addresses. */
export const bitsOf = ({ network }: Range) => (network.kind() === "ipv4" ? 32 : 128);

export const contains = (outer: Range, inner: Range) =>
    bitsOf(outer) === bitsOf(inner) &&
    outer.prefix <= inner.prefix &&
    inner.network.match([outer.network, outer.prefix]);

/** Whether the ranges together hold every address of version 4, or every one of version 6. */
export const coverEverything = (ranges: Range[]) => [32, 128].some((bits) => coverVersion(ranges, bits));

/** The same of texts; one that is no CIDR holds nothing. */
export const holdEverything = (cidrs: (string | undefined)[]) =>
    coverEverything(cidrs.map((cidr) => rangeOf(cidr ?? "")).filter((range) => range !== undefined));

/** Of two ranges one holds the other, or they have no address in common: so the sizes of the outermost can be added. */
function coverVersion(ranges: Range[], bits: number): boolean {
    const outermost: Range[] = [];
    for (const range of ranges.filter((one) => bitsOf(one) === bits).sort((a, b) => a.prefix - b.prefix)) {
        if (!outermost.some((outer) => contains(outer, range))) outermost.push(range);
    }
    const size = outermost.reduce((sum, { prefix }) => sum + (1n << BigInt(bits - prefix)), 0n);
    return size === 1n << BigInt(bits);
}

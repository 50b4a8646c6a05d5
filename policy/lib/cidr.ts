// Ranges of IP addresses, of version 4 and 6.

export interface Range {
    /** The length of an address: 32 in version 4, 128 in version 6. */
    bits: 32 | 128;
    first: bigint;
    last: bigint;
}

/** Parts of `width` bits each as one number; undefined when one is none, or there are not `count`. */
function joined(parts: string[], count: number, width: bigint, digits: RegExp, base: string): bigint | undefined {
    if (parts.length !== count) return undefined;
    let address = 0n;
    for (const part of parts) {
        if (!digits.test(part)) return undefined;
        const number = BigInt(base + part);
        if (number >> width) return undefined;
        address = (address << width) | number;
    }
    return address;
}

const version4 = (text: string) => joined(text.split("."), 4, 8n, /^\d{1,3}$/, "");

function version6(text: string): bigint | undefined {
    const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
    if (dotted) {
        const tail = version4(dotted[2]!);
        if (tail === undefined) return undefined;
        return version6(`${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`);
    }
    const halves = text.split("::");
    if (halves.length > 2) return undefined;
    const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
    const left = halves.length === 2 ? Math.max(8 - head.length - tail.length, 1) : 0;
    return joined([...head, ...Array<string>(left).fill("0"), ...tail], 8, 16n, /^[\da-f]{1,4}$/i, "0x");
}

/** The addresses of a CIDR such as `10.0.0.0/8`, or the one address that it is; undefined when it is neither. */
export function rangeOf(cidr: string): Range | undefined {
    const [text = "", length, ...rest] = cidr.trim().split("/");
    const bits = text.includes(":") ? 128 : 32;
    const address = bits === 128 ? version6(text) : version4(text);
    const prefix = length === undefined ? bits : Number(length);
    if (address === undefined || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
        return undefined;
    if (prefix > bits) return undefined;
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    if (bits === 128 && address >> 32n === 0xffffn && prefix >= 96)
        return range(32, address & 0xffffffffn, prefix - 96);
    return range(bits, address, prefix);
}

function range(bits: 32 | 128, address: bigint, prefix: number): Range {
    const hosts = BigInt(bits - prefix);
    const first = (address >> hosts) << hosts;
    return { bits, first, last: first + (1n << hosts) - 1n };
}

export const contains = (outer: Range, inner: Range) =>
    outer.bits === inner.bits && outer.first <= inner.first && outer.last >= inner.last;

/** Whether the ranges together hold every address of version 4, or every one of version 6. */
export const coverEverything = (ranges: Range[]) => coverVersion(ranges, 32) || coverVersion(ranges, 128);

function coverVersion(ranges: Range[], bits: 32 | 128): boolean {
    const ofVersion = ranges.filter((one) => one.bits === bits);
    let next = 0n;
    for (const { first, last } of ofVersion.sort((a, b) => (a.first < b.first ? -1 : 1))) {
        if (first > next) return false;
        if (last >= next) next = last + 1n;
    }
    return next === 1n << BigInt(bits);
}

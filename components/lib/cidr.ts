import { isIPv4 } from "node:net";

export function isCidr(value: string): boolean {
    const [address, prefix, ...rest] = value.split("/");
    return rest.length === 0 && isIPv4(address ?? "") && /^\d{1,2}$/.test(prefix ?? "") && Number(prefix) <= 32;
}

/** Whether every address of one CIDR is in the other. */
export function covers(outer: string, inner: string): boolean {
    const [wide, narrow] = [parse(outer), parse(inner)];
    const size = 2 ** (32 - wide.prefix);
    return wide.prefix <= narrow.prefix && Math.floor(wide.address / size) === Math.floor(narrow.address / size);
}

function parse(cidr: string): { address: number; prefix: number } {
    const [address, prefix] = cidr.split("/");
    return { address: address!.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), prefix: Number(prefix) };
}

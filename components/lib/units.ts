/** Kubernetes quantities: CPU in millicores, memory and storage in bytes. */

const binary: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const decimal: Record<string, number> = { "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** Millicores of a CPU quantity such as "500m" or "1.5"; undefined if it is none. */
export function millicores(quantity: string): number | undefined {
    const match = /^(\d+(?:\.\d{1,3})?)(m?)$/.exec(quantity);
    if (!match || (match[2] === "m" && match[1]!.includes("."))) {
        return undefined;
    }
    return match[2] === "m" ? Number(match[1]) : Math.round(Number(match[1]) * 1000);
}

/** Bytes of a memory or storage quantity such as "512Mi"; undefined if it is none. */
export function bytes(quantity: string): number | undefined {
    const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T|)$/.exec(quantity);
    const factor = match && (binary[match[2]!] ?? decimal[match[2]!]);
    return factor ? Math.round(Number(match[1]) * factor) : undefined;
}

/** Bytes of a PostgreSQL memory setting such as "512MB"; undefined if it is none. */
export function postgresBytes(setting: string): number | undefined {
    const match = /^(\d+)(kB|MB|GB)$/.exec(setting);
    return match
        ? Number(match[1]) * { kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }[match[2] as "kB" | "MB" | "GB"]
        : undefined;
}

export function formatMillicores(value: number): string {
    return value % 1000 === 0 ? String(value / 1000) : `${value}m`;
}

/** Bytes as whole mebibytes, rounded up. */
export function formatBytes(value: number): string {
    return `${Math.ceil(value / binary.Mi!)}Mi`;
}

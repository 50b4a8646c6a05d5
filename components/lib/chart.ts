import { isAbsolute, relative, resolve } from "node:path";

/** A chart of one version: in a registry, as an archive at an address, or a folder or archive on this machine. */
export const chartSource =
    /^(?:oci:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+:v?\d+\.\d+\.\d+[\w.-]*|https:\/\/[^\s?#@]+\.tgz|\.{0,2}\/\S+)$/;

/** The arguments of helm.v4.Chart by which it finds such a chart. */
export function chartArgs(source: string): { chart: string; version?: string } {
    const [, chart, version] = /^(oci:\/\/.+):([^:/]+)$/.exec(source) ?? [];
    return chart === undefined ? { chart: source } : { chart, version };
}

/** Path of the chart of a part of this package. Relative where it can be: the state is then the same on every machine. */
export function ownChart(part: string): string {
    const absolute = resolve(__dirname, "..", part, "chart");
    const path = relative(process.cwd(), absolute);
    return path.startsWith("..") || isAbsolute(path) ? absolute : `./${path}`;
}

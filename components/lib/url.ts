import { isIPv6 } from "node:net";

/** A host as a URL holds it. */
export const inUrl = (host: string) => (isIPv6(host) ? `[${host}]` : host);

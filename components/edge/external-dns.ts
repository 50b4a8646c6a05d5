import type { Resolved } from "../parts";

/** As external-dns reads it: newer versions under the second name, those before under the first. */
const keys = ["external-dns.alpha.kubernetes.io/hostname", "external-dns.kubernetes.io/hostname"];

/** What asks external-dns for the record of the host. */
export const recordAnnotations = ({ externalDns, host }: Resolved): Record<string, string> =>
    Object.fromEntries(externalDns ? keys.map((key) => [key, host]) : []);

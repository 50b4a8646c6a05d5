import { addresses, type Flow, type PodKind } from "../lib/flow";
import { publicAddresses, toUrl } from "../network/flows";
import type { Resolved } from "../parts";

/** The S3 API: at the addresses that are set, else where its URL says. */
export function toStorage(from: PodKind, s: Resolved): Flow {
    const named: Flow =
        s.storageEndpoint === ""
            ? { from, to: publicAddresses(s), ports: [{ port: 443 }] }
            : toUrl(from, s.storageEndpoint, s);
    return s.storageCidrs.length > 0 ? { ...named, to: addresses(s.storageCidrs) } : named;
}

// Prometheus of Debian, with the user of the official image.
import { debianImage } from "../debian";
import type { ImageSpec } from "../spec";

/** Nobody. */
export const prometheusUser = 65_534;

export function prometheusImage(name: string): ImageSpec {
    const layer = { packages: ["prometheus"], accounts: [], exclude: ["/usr/bin/promtool"] };
    return debianImage(__filename, "prometheus", name, layer, {
        User: `${prometheusUser}:${prometheusUser}`,
        Entrypoint: ["prometheus"],
    });
}

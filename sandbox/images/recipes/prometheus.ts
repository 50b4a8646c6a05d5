// Prometheus of Debian, with the user of the official image.
import { debianImage } from "../debian";
import type { ImageSpec } from "../spec";

/** Nobody. */
export const prometheusUser = 65_534;

export function prometheusImage(name: string): ImageSpec {
    // Nobody looks at its pages, which are half of the image.
    const layer = { packages: ["prometheus"], accounts: [], exclude: ["/usr/share/javascript/*", "/usr/bin/promtool"] };
    return debianImage(__filename, "prometheus", name, layer, {
        User: `${prometheusUser}:${prometheusUser}`,
        Entrypoint: ["prometheus"],
    });
}

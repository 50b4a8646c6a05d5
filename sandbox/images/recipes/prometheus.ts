// Prometheus of Debian, with the user of the official image.
import { versions } from "../../versions";
import { debianImage } from "../debian";
import type { ImageSpec } from "../spec";

/** Nobody. */
export const prometheusUser = 65_534;

export function prometheusImage(name: string): ImageSpec {
    const layer = {
        packages: ["prometheus"],
        accounts: [],
        // The sandbox's own release was compiled without the discovery of pods.
        suite: versions.next.suite,
        // Its pages need no time zones of earlier years.
        exclude: ["/usr/share/javascript/moment-timezone/data/*", "/usr/bin/promtool"],
    };
    return debianImage(__filename, "prometheus", name, layer, {
        User: `${prometheusUser}:${prometheusUser}`,
        Entrypoint: ["prometheus"],
    });
}

// The exporter of Redis' metrics of Debian, with the user of the official image.
import { debianImage } from "../debian";
import type { ImageSpec } from "../spec";

const user = 59_000;

export function redisExporterImage(name: string): ImageSpec {
    const layer = { packages: ["prometheus-redis-exporter"], accounts: [] };
    return debianImage(__filename, "redis-exporter", name, layer, {
        User: `${user}:${user}`,
        Entrypoint: ["prometheus-redis-exporter"],
    });
}

// Redis of Debian, with the user of the official image.
import { debianImage } from "../debian";
import type { ImageSpec } from "../spec";

const user = 999;

export function redisImage(name: string): ImageSpec {
    const layer = {
        packages: ["redis-server"],
        accounts: [{ name: "redis", id: user, home: "/data" }],
        customize: [`mkdir -p "$1/data" && chown ${user}:${user} "$1/data"`],
    };
    return debianImage(__filename, "redis", name, layer, {
        User: `${user}:${user}`,
        WorkingDir: "/data",
        Cmd: ["redis-server"],
    });
}

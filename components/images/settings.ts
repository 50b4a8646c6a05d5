import * as a from "../config/setting";
import type { ImagesArgs } from "./args";
import { anyRegistry } from "./reference";

const host = /^(?:localhost(?::\d+)?|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d+)?)$/;
/** A name with neither a dot nor a port would be read as one on Docker Hub. */
const isRegistry = (name: string) => host.test(name) && (/[.:]/.test(name) || name === "localhost");

function isMirror(value: unknown): boolean {
    if (!a.isText(value)) return false;
    const [registry, ...path] = value.split("/") as [string, ...string[]];
    return isRegistry(registry) && path.every((part) => /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(part));
}

export const schema: a.Schema<ImagesArgs> = {
    imageMirror: a.map(
        `registries, or ${anyRegistry}, and for each the mirror: a registry with a path or without, such as {"docker.io": "harbor.example.com/docker-hub"}`,
        ([registry, mirror]) => (registry === anyRegistry || isRegistry(registry)) && isMirror(mirror),
        {
            default: {},
            example: { "docker.io": "harbor.example.com/docker-hub", "ghcr.io": "harbor.example.com/github" },
        },
    ),
};

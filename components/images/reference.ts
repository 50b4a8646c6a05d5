// Names of images, as container runtimes read them: `redis:7` is docker.io/library/redis:7. Pure.

interface Reference {
    registry: string;
    /** With tag and digest. */
    rest: string;
}

const dockerHub = "docker.io";

/** The first part names a registry where it cannot be part of a name on Docker Hub. */
function reference(image: string): Reference {
    const [first, ...others] = image.split("/") as [string, ...string[]];
    if (others.length === 0) return { registry: dockerHub, rest: `library/${image}` };
    if (!/[.:]/.test(first) && first !== "localhost") return { registry: dockerHub, rest: image };
    const rest = others.join("/");
    return { registry: first, rest: first === dockerHub && others.length === 1 ? `library/${rest}` : rest };
}

/** The whole name of an image. */
export function wholeName(image: string): string {
    const { registry, rest } = reference(image);
    return `${registry}/${rest}`;
}

/** The mirrors by their registries. */
export type Mirrors = Record<string, string>;

/** In the place of every registry that has none of its own. */
export const anyRegistry = "*";

/**
 * The name by which an image is pulled. A mirror of one registry stands in its place; that of any registry stands before its name. An
 * image that is named by a mirror's own registry is there already.
 */
export function mirrored(image: string, mirrors: Mirrors): string {
    const { registry, rest } = reference(image);
    const hosts = Object.values(mirrors).map((mirror) => mirror.split("/")[0]);
    if (hosts.includes(registry)) return image;
    if (mirrors[registry] !== undefined) return `${mirrors[registry]}/${rest}`;
    const general = mirrors[anyRegistry];
    // The colon of a port has no place in a path.
    return general === undefined ? image : `${general}/${registry.replace(":", "_")}/${rest}`;
}

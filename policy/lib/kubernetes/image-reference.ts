// A reference to a container image, taken apart as container runtimes do it: `nginx` is docker.io/library/nginx.

export interface ImageReference {
    /** With its port: `docker.io`, `localhost:5000`. */
    registry: string;
    repository: string;
    tag?: string;
    digest?: string;
}

const dockerHub = "docker.io";
const host = /^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+)?$/;
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagged = /^\w[\w.-]{0,127}$/;
const hashed = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** The first component names a registry when it cannot be a part of a name on Docker Hub. */
const isRegistry = (first: string) => /[.:A-Z]/.test(first) || first === "localhost";

/** Both parts of `text` about its first `separator` from `start` on; no second part when there is none. */
function split(text: string, separator: string, start = 0): [string, string | undefined] {
    const at = text.indexOf(separator, start);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Registry and path of a name without tag or digest, in the one form that equal names share. */
function normalised(name: string): { registry: string; path: string[] } {
    const [first, ...others] = name.split("/") as [string, ...string[]];
    if (others.length === 0 || !isRegistry(first)) return normalised(`${dockerHub}/${name}`);
    const registry = first.toLowerCase() === "index.docker.io" ? dockerHub : first.toLowerCase();
    return { registry, path: registry === dockerHub && others.length === 1 ? ["library", ...others] : others };
}

function parse(text: string): ImageReference | undefined {
    const [beforeDigest, digest] = split(text, "@");
    const [name, tag] = split(beforeDigest, ":", beforeDigest.lastIndexOf("/") + 1);
    const { registry, path } = normalised(name);
    const valid =
        host.test(registry) &&
        path.every((part) => component.test(part)) &&
        (tag === undefined || tagged.test(tag)) &&
        (digest === undefined || hashed.test(digest));
    return valid ? { registry, repository: path.join("/"), tag, digest } : undefined;
}

/** The same few images are judged again and again. */
const parsed = new Map<string, ImageReference | undefined>();

/** Nothing when the text is no reference. */
export function imageReference(text: string): ImageReference | undefined {
    if (!parsed.has(text)) parsed.set(text, parse(text));
    return parsed.get(text);
}

/** What an entry of a list of registries must look like: a registry, and a path in it where only that is meant. */
export const registryPattern = "^(localhost|[^/@]*[.:][^/@]*)(/[^:@]*)?$";

/**
 * Whether an image is of the registry, or below the path in it, that `entry` names: `registry.example.com/team` has
 * `registry.example.com/team/app`, not `registry.example.com/team-b/app`.
 */
export function isBelow({ registry, repository }: ImageReference, entry: string): boolean {
    const [first, ...path] = entry.replace(/\/+$/, "").split("/") as [string, ...string[]];
    const named = first.toLowerCase() === "index.docker.io" ? dockerHub : first.toLowerCase();
    return named === registry && `${repository}/`.startsWith(path.map((part) => `${part}/`).join(""));
}

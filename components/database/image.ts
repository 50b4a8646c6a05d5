/** The tag of an image, without its digest. */
const tag = (image: string) => image.replace(/@.*$/, "").replace(/^.*:/, "");

/** The major version of PostgreSQL, by which the tag starts. */
export const majorOf = (image: string): number => Number(/^\d+/.exec(tag(image))?.[0]);

const releases = "(bullseye|bookworm|trixie|forky)";

/** The release of Debian in the image, whose glibc sorts texts; undefined where the tag has none. */
export const releaseOf = (image: string): string | undefined => new RegExp(releases).exec(tag(image))?.[0];

/** Regular expressions, for Go's regexp too: an image of this major version, an image that names a release, and one of this release. */
export const ofMajor = (major: number) => `:${major}([^0-9:/@][^:/@]*)?(@.*)?$`;
export const namesRelease = `:[^:/@]*${releases}[^:/@]*(@.*)?$`;
export const ofRelease = (release: string) => `:[^:/@]*${release}[^:/@]*(@.*)?$`;

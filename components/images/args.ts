export interface ImagesArgs {
    /**
     * By which mirror the images of a registry are pulled: registry, and what stands in its place. The registry * is every other one, whose name then follows that of the mirror. See docs/images.md.
     * @default {}
     * @example {"docker.io": "harbor.example.com/docker-hub", "ghcr.io": "harbor.example.com/github"}
     */
    imageMirror?: Record<string, string>;
}

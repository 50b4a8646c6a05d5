import { imageReference } from "../lib/kubernetes/image-reference";
import { eachImage } from "../lib/kubernetes/images";
import { lockedImages } from "../lib/kubernetes/locked-images";
import type { ResourceRule } from "../lib/rule";

const check = eachImage((image, judge, config) => {
    const lock = config.lock as string;
    const locked = lockedImages(lock);
    const reference = imageReference(image.text ?? "");
    if (typeof locked === "string") return judge.wrong(image, locked);
    if (!reference) return judge.wrong(image, `is no valid image reference, so it is none of ${lock}`);
    const { registry, repository, tag, digest } = reference;
    const named = locked.filter((one) => one.registry === registry && one.repository === repository);
    const same = named.filter((one) => (tag === undefined ? one.digest === digest : one.tag === tag));
    if (same.length === 0) judge.wrong(image, `is not in ${lock}`);
    else if (digest !== undefined && same.every((one) => one.digest !== undefined && one.digest !== digest)) {
        judge.wrong(image, `has another digest than in ${lock}: ${same.map((one) => one.digest).join(", ")}`);
    }
});

export const imageLock: ResourceRule = {
    name: "image-lock",
    description: "Each image is one of a lock file, and where both have a digest, it is the same.",
    severity: "medium",
    level: "mandatory",
    references: [],
    remediation: "Take an image of the lock file, or lock this one: make images-lock STACK=prod.",
    config: {
        lock: {
            type: "string",
            description:
                "The file of locked images, one a line, as `make images-lock` writes it: `../images.lock`, from the folder of the pack. " +
                "Empty: every image.",
            default: "",
        },
    },
    check: (resource, judge, config) => {
        if (config.lock !== "") check(resource, judge, config);
    },
};

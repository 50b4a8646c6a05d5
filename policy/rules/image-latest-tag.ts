import { imageReference } from "../lib/kubernetes/image-reference";
import { eachImage } from "../lib/kubernetes/images";
import type { ResourceRule } from "../lib/rule";

export const imageLatestTag: ResourceRule = {
    name: "image-latest-tag",
    description: "Each image has a tag other than `latest`, or a digest.",
    severity: "medium",
    level: "mandatory",
    references: ["Kyverno disallow-latest-tag", "kube-score container-image-tag", "CKV_K8S_14", "KSV-0013"],
    remediation: "Name the version of the image as its tag, or its digest.",
    check: eachImage((image, judge) => {
        const reference = imageReference(image.text ?? "");
        if (!reference) judge.wrong(image, "is no valid image reference; it must be a name with a tag or a digest");
        else if (reference.digest !== undefined) return;
        else if (reference.tag === undefined) judge.wrong(image, "has no tag, which means latest; name a version");
        else if (reference.tag === "latest") judge.wrong(image, "has the tag latest; name a version");
    }),
};

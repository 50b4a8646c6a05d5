import { imageReference } from "../lib/kubernetes/image-reference";
import { eachImage } from "../lib/kubernetes/images";
import type { ResourceRule } from "../lib/rule";

export const imageDigest: ResourceRule = {
    name: "image-digest",
    description: "Each image is named by its digest, so that it is the same on each pull.",
    severity: "low",
    level: "disabled",
    why:
        "Digests need a tool that raises them, or security updates of the image stay out. A registry whose tags cannot be " +
        "changed gives the same.",
    references: ["Kyverno require-image-checksum", "CKV_K8S_43", "C-0306"],
    remediation: "Add the digest to the image: name:tag@sha256:…",
    check: eachImage((image, judge) => {
        if (imageReference(image.text ?? "")?.digest === undefined) {
            judge.wrong(image, "has no digest; it must end in @sha256: and the digest");
        }
    }),
};

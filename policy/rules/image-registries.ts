import { imageReference, isBelow, registryPattern } from "../lib/kubernetes/image-reference";
import { eachImage } from "../lib/kubernetes/images";
import type { ResourceRule } from "../lib/rule";

const check = eachImage((image, judge, config) => {
    const allowed = config.allowed as string[];
    const reference = imageReference(image.text ?? "");
    if (!reference) judge.wrong(image, "is no valid image reference, so its registry is not an allowed one");
    else if (!allowed.some((entry) => isBelow(reference, entry))) {
        judge.wrong(image, `is of ${reference.registry}; allowed are ${allowed.join(", ")}`);
    }
});

export const imageRegistries: ResourceRule = {
    name: "image-registries",
    description: "Each image is of an allowed registry or repository.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno restrict-image-registries", "KSV-0125", "C-0078"],
    remediation: "Take the image from an allowed registry, or add its registry to `allowed`.",
    config: {
        allowed: {
            type: "array",
            items: { type: "string", pattern: registryPattern },
            description:
                "Registries, or paths in them, of which images may be: `docker.io/library`, `registry.example.com:5000/team`. " +
                "Empty: every registry.",
            default: [],
        },
    },
    check: (resource, judge, config) => {
        if ((config.allowed as string[]).length > 0) check(resource, judge, config);
    },
};

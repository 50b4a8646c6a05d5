// Every place in which an object names a container image.
import type { Field } from "../field";
import type { Judge } from "../judge";
import { isOf, type KubernetesObject } from "./objects";
import { type Config, eachContainer, eachObject, eachPod, type ResourceRule } from "../rule";

const cloudNativePg = ["postgresql.cnpg.io"];
const cluster = { kind: "Cluster", groups: cloudNativePg };
const catalogs = ["ImageCatalog", "ClusterImageCatalog"].map((kind) => ({ kind, groups: cloudNativePg }));

/** The images that CloudNativePG runs: its objects carry no pod template. */
function cloudNativePgImages(object: KubernetesObject): (() => Field[])[] {
    const spec = object.fields.at("spec");
    if (isOf(object, cluster)) {
        return [
            () => [spec.at("imageName")],
            () => spec.at("postgresql", "extensions").items.map((extension) => extension.at("image", "reference")),
        ];
    }
    return [
        () => spec.at("images").items.map((entry) => entry.at("image")),
        () => spec.at("componentImages").items.map((entry) => entry.at("image")),
    ];
}

/** A check of the image of each container and of each volume that is an image. An absent image is left to others. */
export function eachImage(check: (image: Field, judge: Judge, config: Config) => void): ResourceRule["check"] {
    const present = (image: Field, judge: Judge, config: Config) => {
        if (!image.absent) check(image, judge, config);
    };
    const parts = [
        eachContainer((container, _pod, judge, config) => present(container.fields.at("image"), judge, config)),
        eachPod((pod, judge, config) =>
            judge.each(pod.volumes(), (volume) => present(volume.at("image", "reference"), judge, config)),
        ),
        eachObject([cluster, ...catalogs], (object, judge, config) =>
            judge.each(cloudNativePgImages(object), (images) =>
                judge.each(images(), (image) => present(image, judge, config)),
            ),
        ),
    ];
    return (resource, judge, config) => judge.each(parts, (part) => part(resource, judge, config));
}

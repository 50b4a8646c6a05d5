// Breaks of an image, wherever an object names one.
import type { Break } from "./break";
import type { Given } from "./judge";
import { containerBreaks, podBreaks } from "./pods";

const image =
    "registry.example.com/team/postgres:18.4@sha256:0f9a7d6c1f2b3e4d5c6b7a8990817263544536271809a0b1c2d3e4f5a6b7c8d9";

const cluster = (): Given => ({
    type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
    props: {
        metadata: { name: "db", namespace: "team" },
        spec: {
            imageName: image,
            instances: 3,
            storage: { size: "1Gi" },
            postgresql: { extensions: [{ name: "vector", image: { reference: image } }] },
        },
    },
});

const catalog = (kind: string) => (): Given => ({
    type: `kubernetes:postgresql.cnpg.io/v1:${kind}`,
    props: { metadata: { name: "images" }, spec: { images: [{ major: 18, image }] } },
});

export function imageBreaks(rule: string, title: string, value: string, rest: Partial<Break> = {}): Break[] {
    const common = { rule, title, value, absent: "fine" as const, ...rest };
    const custom = (fixture: () => Given, at: Break["at"], field: string): Break => ({
        ...common,
        title: `${title} in ${fixture().type}`,
        fixture,
        at,
        field,
    });
    return [
        ...containerBreaks({ ...common, at: ["image"] }),
        ...podBreaks({ ...common, title: `${title} as a volume`, at: ["volumes", 1, "image", "reference"] }),
        custom(cluster, ["spec", "imageName"], "spec.imageName"),
        custom(
            cluster,
            ["spec", "postgresql", "extensions", 0, "image", "reference"],
            "spec.postgresql.extensions[vector].image.reference",
        ),
        custom(catalog("ImageCatalog"), ["spec", "images", 0, "image"], "spec.images[0].image"),
        custom(catalog("ClusterImageCatalog"), ["spec", "images", 0, "image"], "spec.images[0].image"),
    ];
}

// Helm charts. A Release hides the objects it makes, so that no rule would see them: they are read from its rendered chart where there is
// one, and where there is none, the rule helm-release says so.
import { createRequire } from "node:module";
import { Field, scalarOf } from "../field";
import { localChart, rendering } from "./helm";
import type { KubernetesObject } from "./objects";
import { derivedOnce, type Resource } from "../resource";

export const isRelease = ({ type }: Resource) => /^kubernetes:helm\.sh\/v\d+\w*:Release$/.test(type);
export const isChart = ({ type }: Resource) => /^kubernetes:helm\.sh\/v\d+\w*:(?:Release|Chart)$/.test(type);

export type Rendered = { objects: KubernetesObject[] } | { hidden: string };

/** Loaded when there is a manifest to read: most stacks have none, and a pack should start fast. */
const loadAll = (text: string): unknown[] =>
    (createRequire(__filename)("js-yaml") as typeof import("js-yaml")).loadAll(text);

type Manifest = Record<string, unknown>;

const isManifest = (value: unknown): value is Manifest =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const nameOf = ({ metadata }: Manifest) => (isManifest(metadata) ? (scalarOf(metadata.name) ?? "") : "");

const clusterWide = new Set<unknown>(
    (
        "Namespace Node PersistentVolume ClusterRole ClusterRoleBinding CustomResourceDefinition StorageClass PriorityClass IngressClass " +
        "RuntimeClass APIService CSIDriver ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy " +
        "ValidatingAdmissionPolicyBinding ClusterIssuer VolumeSnapshotClass GatewayClass PodSecurityPolicy"
    ).split(" "),
);

/** Helm puts what has no namespace into the release's. */
function placed(manifest: Manifest, namespace: string | undefined): Manifest {
    const metadata = isManifest(manifest.metadata) ? manifest.metadata : {};
    if (namespace === undefined || metadata.namespace !== undefined || clusterWide.has(manifest.kind)) return manifest;
    return { ...manifest, metadata: { ...metadata, namespace } };
}

function objectsIn(manifest: unknown, namespace: string | undefined): KubernetesObject[] {
    if (Array.isArray(manifest)) return manifest.flatMap((part) => objectsIn(part, namespace));
    if (typeof manifest === "string") return objectsIn(loadAll(manifest), namespace);
    if (!isManifest(manifest)) return [];
    const { kind, apiVersion, items } = manifest;
    if (typeof kind !== "string" || typeof apiVersion !== "string")
        return Object.values(manifest).flatMap((part) => objectsIn(part, namespace));
    if (kind.endsWith("List") && Array.isArray(items)) {
        const itemKind = kind.slice(0, -"List".length);
        const whole = items.map((item: unknown) =>
            isManifest(item) && itemKind ? { apiVersion, kind: itemKind, ...item } : item,
        );
        return objectsIn(whole, namespace);
    }
    const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
    const fields = new Field(placed(manifest, namespace), `manifest[${kind}/${nameOf(manifest)}]`);
    return [{ group, kind, patch: false, fields }];
}

function read(manifest: unknown, namespace: string | undefined): Rendered {
    try {
        return { objects: objectsIn(manifest, namespace) };
    } catch {
        // The error would show a part of the text.
        return { hidden: "its manifest cannot be read" };
    }
}

function renderedLocally({ fields, name }: Resource): Rendered {
    const chart = fields.at("chart").text;
    const repository = fields.at("repositoryOpts", "repo").text;
    const path = chart === undefined || repository ? undefined : localChart(chart);
    if (path === undefined) return { hidden: "its chart is not in a local folder" };
    if (!fields.at("postrender").absent) return { hidden: "a postrender command changes what it renders" };
    if (fields.at("allowNullValues").value === true) return { hidden: "allowNullValues changes what it renders" };
    if (fields.at("valueYamlFiles").items.length > 0) return { hidden: "it has values in files" };
    const namespace = fields.at("namespace").text;
    const manifest = rendering({
        chart: path,
        name: fields.at("name").text ?? name,
        namespace: namespace ?? "default",
        values: fields.at("values").whole ?? {},
        skipCrds: fields.at("skipCrds").value === true,
        noHooks: fields.at("disableWebhooks").value === true,
    });
    return manifest === undefined ? { hidden: "no helm on PATH can render its chart" } : read(manifest, namespace);
}

/**
 * The objects that a Release makes, or why they cannot be seen. A provider may give the `manifest`; that of a local chart is rendered.
 * Throws UnknownValue when the values are not known.
 */
export const renderedRelease = derivedOnce((resource: Resource): Rendered => {
    const manifest = resource.fields.at("manifest");
    return manifest.absent ? renderedLocally(resource) : read(manifest.whole, resource.fields.at("namespace").text);
});

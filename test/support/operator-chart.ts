// A chart in the place of CloudNativePG's own, which no package registry has: the objects of the operator's release, with the values and
// the annotations by which the real one is used.
import * as fs from "node:fs";
import * as path from "node:path";
import { dump } from "js-yaml";
import { operatorObjects, temporary } from "../../sandbox";

interface KubeObject {
    kind: string;
    metadata: { namespace?: string; annotations?: Record<string, string> | string };
    subjects?: { namespace?: string }[];
    webhooks?: { clientConfig: { service: { namespace: string } } }[];
    spec?: { template?: { spec: { containers: Record<string, unknown>[] } } };
}

const release = "{{ .Release.Namespace }}";

/** What the real chart takes from the release and its values. */
function templated(object: KubeObject): KubeObject {
    const copy = structuredClone(object);
    copy.metadata.annotations = "ANNOTATIONS";
    if (copy.metadata.namespace) copy.metadata.namespace = release;
    for (const subject of copy.subjects ?? []) subject.namespace = release;
    for (const { clientConfig } of copy.webhooks ?? []) clientConfig.service.namespace = release;
    for (const container of copy.spec?.template?.spec.containers ?? []) {
        container.image = "{{ .Values.image.repository }}:{{ .Values.image.tag }}";
        container.resources = "RESOURCES";
    }
    return copy;
}

const yaml = (objects: object[]) =>
    objects.map((object) => dump(object, { noRefs: true, lineWidth: -1 })).join("---\n");

/** Writes the chart, and returns its folder. */
export async function writeOperatorChart(): Promise<string> {
    const folder = path.join(temporary, "operator-chart");
    const objects = ((await operatorObjects()) as KubeObject[]).filter(({ kind }) => kind !== "Namespace");
    const isDefinition = ({ kind }: KubeObject) => kind === "CustomResourceDefinition";
    const definitions = objects.filter(isDefinition).map((object) => ({
        ...object,
        metadata: {
            ...object.metadata,
            annotations: { ...(object.metadata.annotations as object), "helm.sh/resource-policy": "keep" },
        },
    }));
    const rest = yaml(objects.filter((object) => !isDefinition(object)).map(templated));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(path.join(folder, "templates"), { recursive: true });
    const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
    write("Chart.yaml", "apiVersion: v2\nname: cloudnative-pg\nversion: 0.0.1\n");
    // Not a template: descriptions hold what would be taken for one.
    write("definitions.yaml", yaml(definitions));
    write("templates/definitions.yaml", '{{ .Files.Get "definitions.yaml" }}');
    const filled = rest
        .replaceAll("RESOURCES", "{{ toJson .Values.resources }}")
        .replaceAll("ANNOTATIONS", "{{ toJson .Values.commonAnnotations }}");
    write("templates/operator.yaml", filled);
    return folder;
}

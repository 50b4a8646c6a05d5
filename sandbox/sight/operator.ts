// The Prometheus operator, from the manifest that its own release carries.
import * as yaml from "js-yaml";
import { moduleFile } from "../../tools/programs/go/module-file";
import type { Definition } from "../cluster/definitions";
import { namespace } from "../prometheus/objects";
import { versions } from "../versions";

export const operator = "prometheus-operator";
export const reloader = "prometheus-config-reloader";

interface Manifest extends Definition {
    metadata: { name: string; namespace?: string };
    subjects?: { namespace: string }[];
    spec?: { template?: { spec: { containers: { args: string[] }[] } } };
}

/** Where it keeps which kubelets there are. */
export const kubelets = { namespace: "kube-system", name: "kubelet" };

const args = [
    `--kubelet-service=${kubelets.namespace}/${kubelets.name}`,
    `--prometheus-config-reloader=${versions.prometheusOperator}`,
];

interface Operator {
    definitions: Definition[];
    objects: Definition[];
}

/** The objects and all definitions of a manifest, in the namespace of Prometheus, with the image that is here already. */
export function placed(manifest: string): Operator {
    const all = (yaml.loadAll(manifest) as (Manifest | null)[]).filter((object) => object !== null);
    for (const { metadata, subjects = [], spec } of all) {
        for (const owner of [...(metadata.namespace ? [metadata] : []), ...subjects]) owner.namespace = namespace;
        for (const container of spec?.template?.spec.containers ?? []) {
            Object.assign(container, { image: versions.prometheusOperator, imagePullPolicy: "IfNotPresent", args });
        }
    }
    const isDefinition = ({ kind }: Manifest) => kind === "CustomResourceDefinition";
    return { definitions: all.filter(isDefinition), objects: all.filter((object) => !isDefinition(object)) };
}

export const operatorManifest = async (): Promise<Operator> =>
    placed(await moduleFile(operator, operator, "bundle.yaml"));

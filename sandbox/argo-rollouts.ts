// Argo Rollouts, from the manifest that its own release carries. A test starts it.
import * as yaml from "js-yaml";
import { restricted } from "../components/lib/pod";
import { ensureGo } from "../tools/programs/go/build";
import { moduleFile } from "../tools/programs/go/module-file";
import { ensureImage } from "./build";
import type { Definition } from "./cluster/definitions";
import { apply, kubectl, remove } from "./cluster/kubectl";
import { importImage } from "./cluster/node";
import { argoRolloutsImage } from "./images/recipes/programs";
import { versions } from "./versions";

/** Of its Deployment and of the namespace that its manifest is for. */
const name = "argo-rollouts";
const command = "rollouts-controller";

interface Manifest extends Definition {
    metadata: { name: string; namespace?: string };
    spec?: { template?: { spec: { containers: object[] } } };
}

/** By default it looks for the kinds of Traefik 1 and 2. */
const args = ["--traefik-api-group=traefik.io", "--traefik-api-version=traefik.io/v1alpha1"];

const ofCluster = ["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

const manifest = async () => yaml.loadAll(await moduleFile(name, command, "manifests/install.yaml")) as Manifest[];

export const argoRolloutsDefinitions = async (): Promise<Definition[]> =>
    (await manifest()).filter(({ kind }) => kind === "CustomResourceDefinition");

/** Its objects, with the image that is here already. */
async function argoObjects(): Promise<object[]> {
    const objects = await manifest();
    for (const { kind, metadata, spec } of objects) {
        if (!ofCluster.includes(kind)) metadata.namespace = name;
        if (kind !== "Deployment") continue;
        for (const container of spec!.template!.spec.containers) {
            Object.assign(container, { image: versions.argoRollouts, imagePullPolicy: "IfNotPresent", args });
        }
    }
    return [{ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: restricted } }, ...objects];
}

/** Brings it up. It is compiled once, in some 6 minutes. */
export async function startArgoRollouts(): Promise<void> {
    await ensureGo([command]);
    await importImage(await ensureImage(argoRolloutsImage(versions.argoRollouts)));
    await apply(await argoObjects());
    await kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
    await kubectl(["-n", name, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);
}

/** Takes it away, and the definitions, with every object of these kinds. */
export async function stopArgoRollouts(): Promise<void> {
    await remove(await argoObjects());
}

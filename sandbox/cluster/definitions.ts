// CustomResourceDefinitions that a test needs for a while.
import { apply, kubectl } from "./kubectl";

export interface Definition {
    kind: string;
    metadata: { name: string; labels?: object };
}

/** Makes them known to the cluster. */
export async function installDefinitions(definitions: Definition[]): Promise<void> {
    await apply(definitions);
    await kubectl(["wait", "--for=condition=Established", "--timeout=60s", "crd", "--all"]);
}

/** Takes them away, with every object of these kinds. */
export async function removeDefinitions(definitions: Definition[]): Promise<void> {
    await kubectl(["delete", "crd", "--ignore-not-found", ...definitions.map(({ metadata }) => metadata.name)]);
}

// What a cluster must know before Traefik runs on it: the Gateway API's kinds and Traefik's own, and what Traefik may read of it.
import * as yaml from "js-yaml";
import { moduleFile, moduleFiles } from "../../tools/programs/go/module-file";
import type { Definition } from "../cluster/definitions";

const reference = "docs/content/reference/dynamic-configuration";

const traefikFile = async (name: string) =>
    yaml.loadAll(await moduleFile("traefik", "traefik", `${reference}/${name}`)) as Definition[];

/** The Gateway API's definitions of its standard channel. Who may exchange them for others is not asked here. */
async function gatewayApi(): Promise<Definition[]> {
    const files = await moduleFiles("gateway-api", "config/crd/standard");
    const objects = files.flatMap((text) => yaml.loadAll(text) as (Definition | null)[]);
    return objects.filter((object) => object?.kind === "CustomResourceDefinition") as Definition[];
}

export const traefikDefinitions = async (): Promise<Definition[]> => [
    ...(await gatewayApi()),
    ...(await traefikFile("kubernetes-crd-definition-v1.yml")),
];

/** The rights that Traefik asks for, as an ingress controller and as a gateway. */
export async function clusterRoles(): Promise<Definition[]> {
    const files = ["kubernetes-crd-rbac.yml", "kubernetes-gateway-rbac.yml"];
    const objects = (await Promise.all(files.map(traefikFile))).flat();
    return objects.filter(({ kind }) => kind === "ClusterRole");
}

// Starts and stops Traefik. A test that needs a gateway does; `make up` does not.
import { ensureGo } from "../../tools/programs/go/build";
import { ensureImage } from "../build";
import { installDefinitions } from "../cluster/definitions";
import { apply, kubectl, remove } from "../cluster/kubectl";
import { importImage } from "../cluster/node";
import { traefikImage } from "../images/recipes/programs";
import { versions } from "../versions";
import { clusterRoles, traefikDefinitions } from "./definitions";
import { name, namespace, traefikObjects } from "./objects";

/** Brings it up, and returns its Service's address. It is compiled once, in some 15 minutes. */
export async function startTraefik(): Promise<string> {
    await ensureGo(["traefik"]);
    await importImage(await ensureImage(traefikImage(versions.traefik)));
    await installDefinitions(await traefikDefinitions());
    const roles = await clusterRoles();
    await apply([...roles, ...traefikObjects(roles.map(({ metadata }) => metadata.name))]);
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);
    return kubectl(["-n", namespace, "get", "service", name, "-o", "jsonpath={.spec.clusterIP}"]);
}

/** Takes it away, and the definitions, with every object of these kinds. */
export async function stopTraefik(): Promise<void> {
    const roles = await clusterRoles();
    const objects = [
        ...traefikObjects(roles.map(({ metadata }) => metadata.name)),
        ...roles,
        ...(await traefikDefinitions()),
    ];
    await remove(objects);
}

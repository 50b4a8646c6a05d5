// cert-manager's controller, for issuers in the cluster, without its webhook. A test starts it; `make down` ends it.
import * as yaml from "js-yaml";
import { ensureGo, goBinary } from "../tools/programs/go/build";
import { moduleFiles } from "../tools/programs/go/module-file";
import { type Definition, installDefinitions, removeDefinitions } from "./cluster/definitions";
import { end, start } from "./lib/daemons";
import { kubeconfig } from "./lib/paths";

const name = "cert-manager";

/** Its definitions. Their labels are for Helm to fill in. */
export async function certManagerDefinitions(): Promise<Definition[]> {
    const files = await moduleFiles(name, "deploy/crds");
    const objects = files.map((text) => (text.startsWith("apiVersion:") ? (yaml.load(text) as Definition) : undefined));
    return objects
        .filter((object) => object !== undefined)
        .map((object) => ({ ...object, metadata: { ...object.metadata, labels: {} } }));
}

/** Brings it up. It is compiled once, in some 3 minutes. */
export async function startCertManager(): Promise<void> {
    await ensureGo([name]);
    await installDefinitions(await certManagerDefinitions());
    const listen = "--metrics-listen-address=127.0.0.1:9402";
    start(name, goBinary(name), [`--kubeconfig=${kubeconfig}`, "--leader-elect=false", listen]);
}

/** Takes it away, and the definitions, with every object of these kinds. */
export async function stopCertManager(): Promise<void> {
    await end(name);
    await removeDefinitions(await certManagerDefinitions());
}

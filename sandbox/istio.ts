// Istio's definitions. Nothing of Istio runs here: what comes of its objects no test can see, but that they are good ones.
import * as yaml from "js-yaml";
import { moduleFiles } from "../tools/programs/go/module-file";
import type { Definition } from "./cluster/definitions";

export async function istioDefinitions(): Promise<Definition[]> {
    const files = await moduleFiles("istio", "kubernetes");
    return files.flatMap((text) => yaml.loadAll(text) as Definition[]);
}

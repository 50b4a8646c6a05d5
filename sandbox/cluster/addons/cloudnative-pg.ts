// The CloudNativePG operator, from the manifest that its own release carries.
import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";
import { run } from "../../lib/exec";
import { versions } from "../../lib/versions";
import { goBinary } from "../../go/build";

interface Manifest {
    kind?: string;
    spec?: { template?: { spec?: { containers: { imagePullPolicy?: string; resources?: object }[] } } };
}

/** The release's manifest, kept beside the operator's binary once it was found in its Go module. */
async function releaseManifest(): Promise<string> {
    const kept = path.join(path.dirname(goBinary("manager")), "release.yaml");
    if (!fs.existsSync(kept)) {
        const { path: module, version } = versions.goModules["cloudnative-pg"]!;
        const found = JSON.parse(await run("go", ["mod", "download", "-json", `${module}@${version}`])) as {
            Dir: string;
        };
        fs.copyFileSync(path.join(found.Dir, "releases", `cnpg-${version.slice(1)}.yaml`), kept);
        fs.chmodSync(kept, 0o644);
    }
    return fs.readFileSync(kept, "utf8");
}

/** The operator's objects: its image is here already, and a tenth of a core would be slow to start. */
export async function operatorObjects(): Promise<object[]> {
    const objects = yaml.loadAll(await releaseManifest()) as (Manifest | null)[];
    for (const object of objects) {
        if (object?.kind !== "Deployment") continue;
        for (const container of object.spec?.template?.spec?.containers ?? []) {
            container.imagePullPolicy = "IfNotPresent";
            container.resources = { requests: { cpu: "50m", memory: "100Mi" }, limits: { memory: "400Mi" } };
        }
    }
    return objects.filter((object) => object !== null);
}

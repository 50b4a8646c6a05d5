// The CloudNativePG operator, from the manifest that its own release carries.
import * as yaml from "js-yaml";
import { waitFor } from "../../../tools/lib/progress";
import { moduleFile } from "../../../tools/programs/go/module-file";
import { versions } from "../../../tools/programs/versions";
import { kubectl } from "../kubectl";

interface Manifest {
    kind?: string;
    spec?: { template?: { spec?: { containers: { imagePullPolicy?: string; resources?: object }[] } } };
}

/** The operator's objects: its image is here already, and a tenth of a core would be slow to start. */
export async function operatorObjects(): Promise<object[]> {
    const manifest = `releases/cnpg-${versions.goModules["cloudnative-pg"]!.version.slice(1)}.yaml`;
    const objects = yaml.loadAll(await moduleFile("cloudnative-pg", "manager", manifest)) as (Manifest | null)[];
    for (const object of objects) {
        if (object?.kind !== "Deployment") continue;
        for (const container of object.spec?.template?.spec?.containers ?? []) {
            container.imagePullPolicy = "IfNotPresent";
            container.resources = { requests: { cpu: "50m", memory: "100Mi" }, limits: { memory: "400Mi" } };
        }
    }
    return objects.filter((object) => object !== null);
}

/** For a dry run: the API server asks the operator about each. */
const probe = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name: "probe", namespace: "default" },
    spec: { instances: 1, storage: { size: "1Gi" } },
};

/** Waits until the API server reaches the operator's webhooks: kube-proxy hears of a pod a moment after it is ready. */
export const untilAsked = (): Promise<void> =>
    waitFor("the webhook of the CloudNativePG operator", 60_000, async () => {
        await kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(probe));
        return true;
    });

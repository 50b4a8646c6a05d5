import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import { checksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import type { Operation } from "./operation-job";

/** What the pods of every script share: the scripts themselves, and new pods for new scripts. */
export type Scripts = Pick<Operation, "annotations" | "dependsOn">;

/** The ConfigMap with all of operations/. */
export function createScripts({ child, metadata, options }: Context): Scripts {
    const scripts = readScripts();
    const configMap = new core.ConfigMap(
        child("operations"),
        { metadata: metadata(names.operations), data: scripts },
        options(),
    );
    return { annotations: { "justdb.cloud/scripts": checksum(JSON.stringify(scripts)) }, dependsOn: [configMap] };
}

/** operations/*.py, by file name. */
function readScripts(): Record<string, string> {
    const folder = join(__dirname, "../operations");
    const files = readdirSync(folder).filter((file) => file.endsWith(".py"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

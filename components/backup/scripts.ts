import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import { checksum } from "../lib/checksum";
import type { Cluster } from "../lib/scope";
import { names } from "./names";
import type { Operation } from "./operation";

/** What the pods of every script share: the scripts themselves, and new pods for new scripts. */
export type Scripts = Pick<Operation, "annotations" | "ready">;

/** The ConfigMap with all of operations/. */
export function createScripts({ child, metadata, options }: Cluster): Scripts {
    const scripts = readScripts();
    const configMap = new core.ConfigMap(
        child("operations"),
        { metadata: metadata(names.scripts), data: scripts },
        options(),
    );
    return { annotations: { "justdb.cloud/scripts": checksum(JSON.stringify(scripts)) }, ready: [configMap] };
}

/** operations/*.py, by file name. */
function readScripts(): Record<string, string> {
    const folder = join(__dirname, "../../operations");
    const files = readdirSync(folder).filter((file) => file.endsWith(".py"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import { checksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import type { Operation } from "./operation-job";

/** What the pods of every script share: the scripts themselves, and new pods for new scripts. */
export type Scripts = Pick<Operation, "annotations" | "dependsOn">;

/** The ConfigMap with all scripts. */
export function createScripts({ child, metadata, options }: Context): Scripts {
    const scripts = readScripts();
    const configMap = new core.ConfigMap(
        child("operations"),
        { metadata: metadata(names.operations), data: scripts },
        options(),
    );
    return { annotations: { "justdb.cloud/scripts": checksum(JSON.stringify(scripts)) }, dependsOn: [configMap] };
}

/** What runs in the pods, by file name: programs and modules are one folder there, as a ConfigMap has no other. */
export function readScripts(folder = join(__dirname, "backup/scripts")): Record<string, string> {
    const files = [folder, join(folder, "lib")].flatMap((from) =>
        readdirSync(from)
            .filter((file) => file.endsWith(".py"))
            .map((file) => ({ file, content: readFileSync(join(from, file), "utf8") })),
    );
    files.sort((one, other) => (one.file < other.file ? -1 : 1));
    const twice = files.find(({ file }, index) => file === files[index + 1]?.file);
    if (twice) throw new Error(`${folder} has a program and a module of one name, ${twice.file}: rename the module`);
    return Object.fromEntries(files.map(({ file, content }) => [file, content]));
}

// The stacks' own files, Pulumi.<stack>.yaml.
import * as fs from "node:fs";
import * as path from "node:path";
import { loadAll, YAMLException } from "js-yaml";
import { repoDir } from "./paths";
import { PlainError } from "./plain-error";

export interface StackFile {
    encryptionsalt?: string;
    config?: Record<string, unknown>;
}

/** The stacks that have a file of settings. */
export function stackNames(): string[] {
    const names = fs.readdirSync(repoDir).map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1]);
    return names.filter((name) => name !== undefined);
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Fails when the engine could not read it. An empty file has no document, and an empty `config:` is null. */
export function parse(text: string, name = "the stack file"): StackFile {
    try {
        const content = loadAll(text)[0] ?? {};
        if (isMapping(content) && isMapping(content.config ?? {})) return content;
    } catch (error) {
        if (!(error instanceof YAMLException)) throw error;
        // Its own message goes on with the lines around the place.
        const { mark, reason } = error;
        const place = mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ` : "";
        throw new PlainError(`${name} cannot be read: ${place}${reason}.`);
    }
    throw new PlainError(`${name} must be a mapping, with another one under the key config.`);
}

export const isEncrypted = (value: unknown) => isMapping(value) && "secure" in value;

/** The text of a stack's file, in the folder of the project. Fails when the engine could not read it. */
export function readStackFile(stack: string, folder = repoDir): string {
    const name = `Pulumi.${stack}.yaml`;
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    parse(text, name);
    return text;
}

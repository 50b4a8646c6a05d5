// What a stack's own file says, without the engine: its settings, and which cluster and account they are for.
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import * as fs from "node:fs";
import * as path from "node:path";
import type { JustDbCloudArgs } from "../../components";
import { SettingsError } from "../../components/config/error";
import { readConfig } from "../../components/config/read";
import { type Key, schema } from "../../components/parts";
import { repoDir } from "../lib/paths";
import { PlainError } from "../lib/plain-error";
import { isEncrypted, parse, readStackFile, stackNames } from "../lib/stack-files";

export interface OfStack {
    project: string;
    args: JustDbCloudArgs;
    /** Settings that are encrypted and tell something of what to look for. They are not read. */
    unread: string[];
    /** Where they are set: the context of kubectl and its file; the profile and region of AWS. */
    context: string;
    kubeconfig: string;
    profile: string;
    region: string;
}

/** Accepted as any secret. What it really is changes nothing of what a stack expects. */
const placeholder = "x".repeat(64);

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Fails, as `pulumi up` would, where the settings are wrong; and where there is no such stack. */
export function readStack(name: string): OfStack {
    if (!stackNames().includes(name)) {
        const fix = `set STACK to one of them, or make it: pulumi stack init ${name}`;
        throw new PlainError(
            `make doctor STACK=${name}: there is no Pulumi.${name}.yaml, only those of ${stackNames().join(", ")}: ${fix}`,
        );
    }
    return ofStack(readStackFile(name));
}

/** The same of the text of a file. */
export function ofStack(file: string): OfStack {
    const { name: project } = load(fs.readFileSync(path.join(repoDir, "Pulumi.yaml"), "utf8")) as { name: string };
    const config = Object.entries(parse(file).config ?? {});
    const isSecret = (key: string) => schema[key.replace(`${project}:`, "") as Key]?.secret === true;
    const unread = config.filter(([key, value]) => isEncrypted(value) && !isSecret(key)).map(([key]) => key);
    const read = config.filter(([key]) => !unread.includes(key));
    const secrets = read.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
    const texts = Object.fromEntries(
        read.map(([key, value]) => [key, secrets.includes(key) ? placeholder : textOf(value)]),
    );
    pulumi.runtime.setAllConfig(texts, secrets);
    try {
        return {
            project,
            args: readConfig(project),
            unread,
            context: texts["kubernetes:context"] ?? "",
            kubeconfig: texts["kubernetes:kubeconfig"] ?? "",
            profile: texts["aws:profile"] ?? "",
            region: texts["aws:region"] ?? "",
        };
    } catch (error) {
        throw error instanceof SettingsError ? new PlainError(error.message) : error;
    }
}

import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../args";
import { type Problem, shown } from "../lib/error";
import { nearest } from "../lib/nearest";
import { type Key, keys, settings } from "../settings";

/** Checks every argument on its own. A value that is known only later is not checked. */
export function checkEach(args: JustDbCloudArgs): Problem[] {
    return Object.entries(args).flatMap(([key, value]) => {
        if (value === undefined || value === null) {
            return [];
        }
        if (!isKey(key)) {
            return [unknown(key, value)];
        }
        if (pulumi.Output.isInstance(value) || value instanceof Promise) {
            return [];
        }
        return settings[key].accepts(value) ? [] : [refused(key, value)];
    });
}

const isKey = (key: string): key is Key => (keys as string[]).includes(key);

function unknown(key: string, value: unknown): Problem {
    const known = nearest(key, keys);
    return {
        key,
        got: `a setting that does not exist${known ? "" : ` (${shown(value)})`}`,
        allowed: known ? `did you mean ${known}?` : "the settings that Pulumi.yaml declares",
        fix: known ? `rename it to ${known}, or remove it` : "remove it",
    };
}

function refused(key: Key, value: unknown): Problem {
    const { secret, allowed, example } = settings[key];
    return {
        key,
        got: secret ? hidden(value) : shown(value),
        allowed,
        fix: secret
            ? `pulumi config set --secret ${key}, or leave it empty`
            : `set it to ${shown(example)}, for example`,
    };
}

const hidden = (value: unknown) => (typeof value === "string" ? `a secret of ${value.length} characters` : "a secret");

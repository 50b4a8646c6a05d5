import * as pulumi from "@pulumi/pulumi";
import { type JustDbCloudArgs, type Key, keys, schema } from "../parts";
import { type Problem, SettingsError } from "./error";
import { check } from "./resolve";

/**
 * Reads the program's configuration into arguments. Every wrong value and every unknown key is reported in one error.
 * An empty value means "not set": the Pulumi CLI demands a default for every declared key.
 */
export function readConfig(project: string): JustDbCloudArgs {
    const prefix = `${project}:`;
    const given = Object.entries(pulumi.runtime.allConfig())
        .filter(([key, value]) => key.startsWith(prefix) && value !== "")
        .map(([key, value]) => [key.slice(prefix.length), value] as const);

    const values = given.map(([key, value]) => [key, parse(key, value)] as const);
    const problems = [
        ...check(Object.fromEntries(values)).map((problem) => conceal(prefix, problem)),
        ...values.flatMap(([key]) => [...plainSecret(prefix, key), ...secretInPlain(prefix, key)]),
    ];
    if (problems.length > 0) {
        throw new SettingsError(problems);
    }
    const encrypted = (key: string) => schema[key as Key].input && isEncrypted(prefix + key);
    return Object.fromEntries(values.map(([key, value]) => [key, encrypted(key) ? pulumi.secret(value) : value]));
}

/** What its owner encrypted is not shown, whether it need be secret or not. */
function conceal(prefix: string, problem: Problem): Problem {
    const shows = [problem.key, ...(problem.also ?? [])].some((key) => isOpen(key) && isEncrypted(prefix + key));
    return shows ? { ...problem, got: "an encrypted value" } : problem;
}

const isKnown = (key: string): key is Key => keys.includes(key as Key);
const isSecret = (key: string) => isKnown(key) && schema[key].secret === true;
/** Messages show its value. */
const isOpen = (key: string) => isKnown(key) && !schema[key].secret;

/** Configuration arrives as text. What does not parse stays text, and the checks refuse it as such. */
function parse(key: string, value: string): unknown {
    const kind = schema[key as Key]?.kind ?? "string";
    if (kind === "string") {
        return value;
    }
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}

function plainSecret(prefix: string, key: string): Problem[] {
    if (!isSecret(key) || isEncrypted(prefix + key)) {
        return [];
    }
    return [
        {
            key,
            got: "a secret in plain text",
            allowed: "an encrypted value",
            fix: `pulumi config set --secret ${key}, and treat the old value as known to others`,
        },
    ];
}

/** Who encrypts it thinks that it stays so; but all of it stands in the state and in the cluster as it is. */
function secretInPlain(prefix: string, key: string): Problem[] {
    if (!isKnown(key) || !schema[key].hidden || !isEncrypted(prefix + key)) {
        return [];
    }
    return [
        {
            key,
            got: "an encrypted value",
            allowed:
                "a plain value, with each secret by valueFrom.secretKeyRef: it stands in the state and in the cluster as it is",
            fix: `put the secret into a Secret of the namespace, and set ${key} without --secret`,
        },
    ];
}

/** The SDK has this function, but not in its types. Without it, the value counts as encrypted. */
function isEncrypted(key: string): boolean {
    const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
    return runtime.isConfigSecret?.(key) ?? true;
}

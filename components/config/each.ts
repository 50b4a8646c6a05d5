import * as pulumi from "@pulumi/pulumi";
import { isLater } from "../lib/known";
import { nearest } from "../lib/nearest";
import { former, type JustDbCloudArgs, type Key, keys, schema } from "../parts";
import { type Problem, SettingsError, shown, written } from "./error";
import { isSet } from "./problems";
import { isText, type Setting } from "./setting";

/** Checks every argument on its own. A value that is known only later is not checked. */
export function checkEach(args: JustDbCloudArgs): Problem[] {
    return Object.entries(args).flatMap(([key, value]) => {
        if (value === undefined || value === null) {
            return [];
        }
        return isKey(key) ? checkValue(key, value) : [gone(key) ?? unknown(key)];
    });
}

function checkValue(key: Key, value: unknown): Problem[] {
    if (isLater(value)) {
        return schema[key].input ? [] : [notPlain(key)];
    }
    return schema[key].accepts(value) ? [] : [refused(key, value)];
}

/** A value that is known later, checked as soon as it is. */
export function checked(key: Key, value: pulumi.Input<string>): pulumi.Output<string> {
    const later = pulumi.output(value);
    return pulumi.all([later, pulumi.isSecret(later)]).apply(([known, isSecret]) => {
        const problems = checkValue(key, known);
        if (problems.length > 0) {
            const hidden = isSecret && !schema[key].secret ? { got: "a secret" } : {};
            throw new SettingsError(
                problems.map((problem) => ({ ...problem, ...hidden })),
                "What does not depend on it may be there already.",
            );
        }
        return known;
    });
}

const isKey = (key: string): key is Key => (keys as string[]).includes(key);

/** What follows from the arguments that have taken its place is not reported beside it. */
function gone(key: string): Problem | undefined {
    const place = Object.entries(former).find(([name]) => name === key)?.[1];
    if (place === undefined) return undefined;
    const got = "a setting of an earlier version";
    return { key, also: place.now, got, allowed: `${place.now.join(", ")} in its place`, fix: place.fix };
}

/** Its value is not shown: it may be a secret. */
function unknown(key: string): Problem {
    const known = nearest(key, keys);
    return {
        key,
        got: "a setting that does not exist",
        allowed: known ? `did you mean ${known}?` : "the settings in docs/configuration.md",
        fix: known ? `rename it to ${known}, or remove it` : "remove it",
    };
}

function refused(key: Key, value: unknown): Problem {
    const { secret, hidden, allowed } = schema[key];
    return {
        key,
        got: secret
            ? unshown(value)
            : hidden
              ? `${placeOf(schema[key], value)}, which is not shown, as it may hold a secret`
              : shown(wrongOf(schema[key], value)),
        allowed,
        fix: secret ? `pulumi config set --secret ${key}, or leave it empty` : better(key, value),
    };
}

/** Of a list or a map, the items that are wrong; all of it where each is right on its own. */
function wrongOf({ wrong }: Setting, value: unknown): unknown {
    const items = wrong?.(value) ?? {};
    return isSet(items) ? items : value;
}

/** Where in a list an item is wrong. */
function placeOf({ wrong }: Setting, value: unknown): string {
    const items = wrong?.(value);
    if (!Array.isArray(value) || !Array.isArray(items) || items.length === 0) return "a value";
    const places = value.flatMap((item, index) => (items.includes(item) ? [index + 1] : []));
    return `number ${places.join(", ")} of the list`;
}

/** Among few choices an example could be the wrong one: only a near miss is put right. */
function better(key: Key, value: unknown): string {
    const { kind, choices, example, how } = schema[key];
    if (how) return how(key);
    if (isQuoted(key, value)) return "write it without quotes";
    if (kind === "boolean") return "set it to true or false";
    if (choices === undefined) {
        return `set it to ${written(example)}, for example`;
    }
    const meant = nearest(String(value), choices) ?? choices.find((choice) => String(value).startsWith(choice));
    return meant ? `set it to ${shown(meant)}, if that is what you mean` : "set it to one of these";
}

/** A good value that was given as text: from YAML, or from a language in which other types look alike. */
function isQuoted(key: Key, value: unknown): boolean {
    try {
        return isText(value) && schema[key].accepts(JSON.parse(value));
    } catch {
        return false;
    }
}

function notPlain(key: Key): Problem {
    const { allowed, example } = schema[key];
    return {
        key,
        got: "an Output, which is known only when other resources exist",
        allowed: `a plain value: ${allowed}`,
        fix: `write the value itself, ${written(example)} for example`,
    };
}

const unshown = (value: unknown) => (typeof value === "string" ? `a secret of ${value.length} characters` : "a secret");

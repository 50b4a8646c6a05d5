import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { mirrored } from "../images/reference";
import { isLater } from "../lib/known";
import { type JustDbCloudArgs, type Key, keys, parts, type Resolved, schema } from "../parts";
import { checked, checkEach } from "./each";
import { type Problem, SettingsError, shown } from "./error";
import { isSet } from "./problems";

/** Pure: fills in every default and makes every check. Throws one error that names all problems. */
export function resolve(args: JustDbCloudArgs, name: string): Resolved {
    const problems = [...checkName(name), ...check(args)];
    if (problems.length > 0) {
        throw new SettingsError(problems);
    }
    return pulledByMirror(checkedLater(complete(args)));
}

/** What is not known yet is checked as soon as it is. */
function checkedLater(settings: Resolved): Resolved {
    const later = keys.filter((key) => isLater(settings[key]));
    return { ...settings, ...Object.fromEntries(later.map((key) => [key, checked(key, settings[key] as string)])) };
}

/** Every image that pods run goes by the mirror of its registry. This is the only place that says so. */
function pulledByMirror(settings: Resolved): Resolved {
    const images = keys.filter((key) => schema[key].pulled && isSet(settings[key]));
    const mirror = (image: pulumi.Input<string>) =>
        typeof image === "string"
            ? mirrored(image, settings.imageMirror)
            : pulumi.output(image).apply((known) => mirrored(known, settings.imageMirror));
    return { ...settings, ...Object.fromEntries(images.map((key) => [key, mirror(settings[key] as string)])) };
}

/** The name of the component begins the names of IAM's users, of 64 characters at most. */
function checkName(name: string): Problem[] {
    if (/^[a-z][a-z0-9-]{0,35}$/.test(name)) {
        return [];
    }
    const allowed = "lower-case letters, digits and hyphens, a letter first, 36 at most";
    return [{ key: "name of the component", got: shown(name), allowed, fix: 'name it "justdb", for example' }];
}

/** All problems of the arguments: of each on its own, then those that each part has with all of them. */
export function check(args: JustDbCloudArgs): Problem[] {
    const each = checkEach(args);
    const wrong = new Set(each.flatMap(({ key, also = [] }) => [key, ...also]));
    const good = Object.fromEntries(Object.entries(args).filter(([key]) => !wrong.has(key)));
    // What follows from a wrong value is not reported a second time.
    const follows = ({ key, also = [] }: Problem) => [key, ...also].some((name) => wrong.has(name));
    // Without a known environment there are no defaults to hold against the rest: dev's contradict nothing.
    const settings = complete(wrong.has("environment") ? { ...good, environment: "dev" } : good);
    const chosen = chosenOf(good);
    const together = parts.flatMap((part) => part.checks?.(settings, chosen) ?? []);
    return [...each, ...together.filter((problem) => !follows(problem))];
}

/** The arguments with every default filled in, one after the other: a default may follow from the settings before it. */
function complete(args: JustDbCloudArgs): Resolved {
    const known: Record<string, unknown> = {};
    for (const key of keys) {
        const { default: otherwise } = schema[key];
        known[key] =
            args[key] ?? (typeof otherwise === "function" ? otherwise(known as unknown as Resolved) : otherwise);
    }
    return known as unknown as Resolved;
}

/** What somebody chose. The engine gives every default of Pulumi.yaml to the program, so a default tells nothing. */
function chosenOf(args: JustDbCloudArgs): JustDbCloudArgs {
    const isChosen = ([key, value]: [string, unknown]) =>
        isSet(value ?? "") && !isDeepStrictEqual(value, schema[key as Key].default);
    return Object.fromEntries(Object.entries(args).filter(isChosen));
}

/** The arguments as the component records them in the state: no password in plain. */
export function recorded(args: JustDbCloudArgs): pulumi.Inputs {
    return Object.fromEntries(
        Object.entries(args).map(([key, value]) => [
            key,
            schema[key as Key].secret && value !== undefined ? pulumi.secret(value) : value,
        ]),
    );
}

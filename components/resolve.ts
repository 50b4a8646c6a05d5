import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "./args";
import { Environment } from "./args/enums";
import { type Problem, SettingsError, shown } from "./lib/error";
import { longestPauseHours } from "./lib/schedule";
import { checkEach } from "./resolve/each";
import { checkTogether } from "./resolve/together";
import { keys, settings } from "./settings";

/** The arguments with every default filled in. An empty text, list or map means "not set". */
export type Resolved = Required<JustDbCloudArgs>;

/** Pure: fills in every default and makes every check. Throws one error that names all problems. */
export function resolve(args: JustDbCloudArgs, name: string): Resolved {
    const problems = [...checkName(name), ...check(args)];
    if (problems.length > 0) {
        throw new SettingsError(problems);
    }
    return complete(args);
}

/** The name of the component begins the names of IAM's users, of 64 characters at most. */
function checkName(name: string): Problem[] {
    if (/^[a-z][a-z0-9-]{0,35}$/.test(name)) {
        return [];
    }
    const allowed = "lower-case letters, digits and hyphens, a letter first, 36 at most";
    return [{ key: "name of the component", got: shown(name), allowed, fix: 'name it "justdb", for example' }];
}

/** All problems of the arguments, each on its own first, then together. */
export function check(args: JustDbCloudArgs): Problem[] {
    const each = checkEach(args);
    const wrong = new Set(each.map((problem) => problem.key));
    const good = Object.fromEntries(Object.entries(args).filter(([key]) => !wrong.has(key)));
    // What follows from a wrong value is not reported a second time.
    const follows = ({ key, also = [] }: Problem) => [key, ...also].some((name) => wrong.has(name));
    // Without a known environment there are no defaults to hold against the rest: dev's contradict nothing.
    const assumed = wrong.has("environment") ? { ...good, environment: Environment.Dev } : good;
    return [...each, ...checkTogether(complete(assumed), good).filter((problem) => !follows(problem))];
}

function complete(args: JustDbCloudArgs): Resolved {
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && value !== null));
    const declared = Object.fromEntries(
        keys.filter((key) => settings[key].default !== undefined).map((key) => [key, settings[key].default]),
    );
    const values = { ...declared, ...given } as JustDbCloudArgs;
    return { ...derived(values), ...values } as Resolved;
}

/** The defaults that depend on other arguments. */
function derived(values: JustDbCloudArgs) {
    const prod = values.environment === "prod";
    const appReplicas = values.appReplicas ?? (prod ? 3 : 1);
    return {
        protect: prod,
        appReplicas,
        appMaxReplicas: Math.max(appReplicas, prod ? 10 : 2),
        postgresInstances: prod ? 3 : 1,
        postgresArchive: prod && values.postgresMode !== "external",
        backupMaxAgeHours: maxAge(values.backupSchedule!, 1, 2),
        drillMaxAgeDays: maxAge(values.drillSchedule!, 24, 1),
        drillStorageSize: values.postgresStorageSize,
    };
}

/** The longest pause of a schedule and some more, in units of so many hours; 0 without a schedule. */
function maxAge(schedule: string, hours: number, more: number): number {
    const pause = longestPauseHours(schedule);
    return pause === 0 ? 0 : Math.ceil(pause / hours) + more;
}

/** The arguments as the component records them in the state: no password in plain. */
export function recorded(args: JustDbCloudArgs): pulumi.Inputs {
    return Object.fromEntries(
        Object.entries(args).map(([key, value]) => [
            key,
            settings[key as keyof typeof settings].secret && value !== undefined ? pulumi.secret(value) : value,
        ]),
    );
}

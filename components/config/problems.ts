// Problems that more than one part can have, for their checks.
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { type Problem, shown } from "./error";

/** Arguments that are of a plain type. */
type Of<Type> = { [K in Key]: Resolved[K] extends Type ? K : never }[Key];
type Plain = Of<string | number>;

/** Whether a value is there: an empty text, list or map, and false, mean "not set". */
export function isSet(value: unknown): boolean {
    if (Array.isArray(value)) return value.length > 0;
    return isMap(value) ? Object.keys(value).length > 0 : value !== "" && value !== false;
}

/** Neither an Output nor a Promise, which tell nothing of what they will hold. */
const isMap = (value: unknown): value is object =>
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export function atMost(
    s: Resolved,
    low: Plain,
    high: Plain,
    measure: (value: string) => number | undefined,
): Problem[] {
    if (measure(String(s[low]))! <= measure(String(s[high]))!) return [];
    return [
        {
            key: low,
            also: [high],
            got: `${shown(s[low])}, with ${high} ${shown(s[high])}`,
            allowed: `${high} or less`,
            fix: `lower ${low} or raise ${high}`,
        },
    ];
}

export function notBoth(s: Resolved, value: Key, existing: Key): Problem[] {
    if (!isSet(s[value]) || !isSet(s[existing])) return [];
    return [
        {
            key: value,
            also: [existing],
            got: `${value} and ${existing}`,
            allowed: "one of the two",
            fix: `remove ${value} or ${existing}`,
        },
    ];
}

/** What is given is not made, and so is made again by whoever gives it. */
export const notGenerated = (s: Resolved, generation: Of<number>, given: Key[]): Problem[] =>
    given
        .filter((key) => isSet(s[key]) && s[generation] > 1)
        .map((key) => ({
            key: generation,
            also: [key],
            got: `${s[generation]}, with ${key}`,
            allowed: `1: it is for what this stack makes itself`,
            fix: `remove ${generation}, and change what ${key} says; or remove ${key}`,
        }));

/** Arguments that say nothing, unless `mode` has a value that they are for. */
export const onlyFor = (
    s: Resolved,
    chosen: JustDbCloudArgs,
    mode: Of<string | number | boolean>,
    needed: string,
    keys: Key[],
) =>
    keys
        .filter((key) => chosen[key] !== undefined)
        .map((key): Problem => {
            const value = pulumi.Output.isInstance(chosen[key]) ? "a value" : shown(chosen[key]);
            return {
                key,
                also: [mode],
                got: `${value}, with ${mode} ${s[mode]}`,
                allowed: `nothing: it is for ${mode} ${needed} only`,
                fix: `remove ${key}, or set ${mode} to ${needed}`,
            };
        });

/** Arguments that say nothing without another one. */
export const onlyWith = (s: Resolved, chosen: JustDbCloudArgs, needed: Key, keys: Key[]): Problem[] =>
    isSet(s[needed])
        ? []
        : keys
              .filter((key) => chosen[key] !== undefined)
              .map((key) => ({
                  key,
                  also: [needed],
                  got: `${shown(chosen[key])}, without ${needed}`,
                  allowed: `nothing: it is of ${needed}`,
                  fix: `remove ${key}, or set ${needed}`,
              }));

/** What a server outside of the cluster cannot do without. */
export function external(
    s: Resolved,
    mode: "postgresMode" | "redisMode",
    needs: { host: Key; cidrs: Key; credentials: [Key, Key] },
): Problem[] {
    const missing = (keys: [Key, ...Key[]], allowed: string, fix: string): Problem => ({
        key: keys[0],
        also: [...keys.slice(1), mode],
        got: `nothing, with ${mode} external`,
        allowed,
        fix,
    });
    const { host, cidrs, credentials } = needs;
    const [password, existing] = credentials;
    const problems: Problem[] = [];
    if (!isSet(s[host])) problems.push(missing([host], "the host name or address of the server", `set ${host}`));
    if (!isSet(s[cidrs])) {
        problems.push(missing([cidrs], "the CIDRs of the server", `set ${cidrs} to ["10.20.0.0/24"], for example`));
    }
    if (!credentials.some((key) => isSet(s[key]))) {
        const fix = `pulumi config set --secret ${password}, or set ${existing} to the name of a Secret`;
        problems.push(missing(credentials, `${password} or ${existing}`, fix));
    }
    return problems;
}

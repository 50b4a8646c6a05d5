import type { Agreement } from "../lib/requirement";
import type { Key, Resolved } from "../parts";
import { generationKeys } from "./generations";
import { names } from "./names";

/**
 * Up by one at a time, and only when the last step is through: there are no more than two of each credential. A cluster that knows no
 * number, as that of a new stack, takes any.
 */
export const agreements = (s: Resolved): Agreement[] => generationKeys(s).flatMap((key) => of(key, Number(s[key])));

function of(key: Key, to: number): Agreement[] {
    const back = isKept(key);
    const configMap = { apiVersion: "v1", kind: "ConfigMap", paths: [`data.${key}`], accepted: [] };
    return [
        {
            ...configMap,
            name: names.begun,
            where: "^[0-9]+$",
            agrees: `^(${[to - 1, to, ...(back ? [to + 1] : [])].join("|")})$`,
            what: `${key} ${to} does not follow the number that this stack has. It goes up by one at a time, ${
                back
                    ? "and back by one"
                    : "and never back, as the former password is gone: the next number makes a new one"
            }`,
            fix: `go on from the number that it has: pulumi config set ${key}`,
        },
        {
            ...configMap,
            name: names.done,
            where: `^${to - 2}$`,
            agrees: "^$",
            what: `${key} ${to} comes too early: the update to ${to - 1} was cut off, and some pods may use what was before it`,
            fix: `complete it: pulumi config set ${key} ${to - 1}, then pulumi up, and set it to ${to} again. It was last complete with`,
        },
    ];
}

/** An access key has two places, in which the one before stays until the next is made. A password that is gone is gone. */
const isKept = (key: Key) => key.endsWith("AccessKeyGeneration");

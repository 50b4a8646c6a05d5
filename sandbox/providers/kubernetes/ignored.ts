// ignoreChanges under server-side apply: what others alone own (an autoscaler the replicas) is left out of what we apply;
// what is ours, or ours too, is applied as it is now.
import { parsePath, type Step } from "../lib/diff";
import { isArray, at, isObject, type Values } from "../lib/values";
import { isOthers } from "./managers";

function withAt(object: unknown, path: Step[], value: unknown): unknown {
    const [step, ...rest] = path;
    if (step === undefined) return value;
    if (isArray(object) && typeof step === "number") {
        return object.map((item, i) => (i === step ? withAt(item, rest, value) : item));
    }
    if (!isObject(object)) return object;
    const { [step]: current, ...others } = object;
    const changed = rest.length ? withAt(current, rest, value) : value;
    return changed === undefined ? others : { ...others, [step]: changed };
}

export function keepIgnored(inputs: Values, live: Values, ignored: string[], fieldManager: string): Values {
    return ignored.map(parsePath).reduce<Values>((result, path) => {
        const given = at(result, ...path);
        if (given === undefined) return result;
        const value = isOthers(live, path, fieldManager) ? undefined : (at(live, ...path) ?? given);
        return withAt(result, path, value) as Values;
    }, inputs);
}

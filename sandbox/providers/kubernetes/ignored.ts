// ignoreChanges under server-side apply: what another manager owns (an autoscaler the replicas) is left out of what we
// apply; what is ours is applied as it is now.
import { parsePath, type Step } from "../lib/diff";
import { isArray, at, isObject, type Values } from "../lib/values";

function owns(fields: unknown, path: Step[]): boolean {
    let current = fields;
    for (const step of path) {
        if (typeof step === "number") return false;
        current = at(current, `f:${step}`);
        if (current === undefined) return false;
    }
    return true;
}

/** Whether somebody else applied or set the field at this path. */
export function ownedByOthers(live: Values, path: Step[], fieldManager: string): boolean {
    const entries = at<Values[]>(live, "metadata", "managedFields") ?? [];
    return entries.some((entry) => entry.manager !== fieldManager && owns(entry.fieldsV1, path));
}

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
        const value = ownedByOthers(live, path, fieldManager) ? undefined : (at(live, ...path) ?? given);
        return withAt(result, path, value) as Values;
    }, inputs);
}

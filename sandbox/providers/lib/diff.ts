// Property-wise difference of two plain values, as paths that Pulumi prints: `spec.template.spec.containers[0].image`.
import { isArray, isObject, isUnknown } from "./values";

export type ChangeKind = "add" | "delete" | "update";
export type Step = string | number;

export interface Change {
    path: Step[];
    kind: ChangeKind;
}

export function diff(before: unknown, after: unknown, path: Step[] = []): Change[] {
    if (isUnknown(after)) return isUnknown(before) ? [] : [{ path, kind: before === undefined ? "add" : "update" }];
    if (before === after || (before ?? undefined) === (after ?? undefined)) return [];
    if (before === undefined || before === null) return [{ path, kind: "add" }];
    if (after === undefined || after === null) return [{ path, kind: "delete" }];
    if (isArray(before) && isArray(after)) {
        const length = Math.max(before.length, after.length);
        return Array.from({ length }, (_, i) => diff(before[i], after[i], [...path, i])).flat();
    }
    if (isObject(before) && isObject(after)) {
        const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
        return [...keys].flatMap((key) => diff(before[key], after[key], [...path, key]));
    }
    return [{ path, kind: "update" }];
}

const plainName = /^[A-Za-z_$][\w$]*$/;

export function printPath(path: Step[]): string {
    return path.reduce<string>((text, step) => {
        if (typeof step === "number") return `${text}[${step}]`;
        if (!plainName.test(step)) return `${text}["${step.replace(/["\\]/g, "\\$&")}"]`;
        return text ? `${text}.${step}` : step;
    }, "");
}

/** Reads a path as written in ignoreChanges: names with dots in between, [0], [*] and ["any.name"]. */
export function parsePath(text: string): Step[] {
    const steps: Step[] = [];
    const token = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[\*\]|([^.[\]]+)/g;
    for (const match of text.matchAll(token)) {
        if (match[1] !== undefined) steps.push(match[1].replace(/\\(.)/g, "$1"));
        else if (match[2] !== undefined) steps.push(Number(match[2]));
        else steps.push(match[3] ?? "*");
    }
    return steps;
}

/** Whether a path lies at or below a pattern, in which * stands for any one step. */
export function isBelow(path: Step[], pattern: Step[]): boolean {
    return pattern.length <= path.length && pattern.every((step, i) => step === "*" || step === path[i]);
}

export function withoutIgnored(changes: Change[], ignored: string[]): Change[] {
    const patterns = ignored.map(parsePath);
    return changes.filter((change) => !patterns.some((pattern) => isBelow(change.path, pattern)));
}

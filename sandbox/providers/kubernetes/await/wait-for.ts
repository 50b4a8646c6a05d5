// The annotation pulumi.com/waitFor: one condition of kubectl wait, or a JSON list of them that must all hold.
import { at, type Values } from "../../lib/values";
import { type Check, type Condition, conditions, type Progress, ready, waiting } from "./progress";
import { jsonPath } from "./json-path";

/** What the controller has told before it saw the newest spec. One that keeps no count is believed. */
function isStale(object: Values, told?: Condition): boolean {
    const generation = at<number>(object, "metadata", "generation") ?? 0;
    const seen = told?.observedGeneration ?? at<number>(object, "status", "observedGeneration") ?? generation;
    return seen < generation;
}

const stale = waiting("waits for the controller");

function one(expression: string): Check {
    const [kind, ...rest] = expression.split("=");
    const argument = rest.join("=");
    if (kind === "condition") {
        const [type = "", status = "True"] = argument.split("=");
        return (object): Progress => {
            const live = conditions(object).find((one) => one.type.toLowerCase() === type.toLowerCase());
            if (live && isStale(object, live)) return stale;
            if (live?.status.toLowerCase() === status.toLowerCase()) return ready;
            const said = [live?.reason, live?.message].filter(Boolean).join(": ");
            return waiting(`condition ${type} is ${live ? live.status : "not there"}${said ? ` (${said})` : ""}`);
        };
    }
    if (kind === "jsonpath") {
        const match = /^(\{.*?\}|[^=]+)(?:=(.*))?$/s.exec(argument);
        const path = match?.[1] ?? "";
        const select = jsonPath(path);
        const wanted = match?.[2];
        return (object): Progress => {
            if (isStale(object)) return stale;
            const [value] = select(object);
            if (wanted === undefined ? value !== undefined : String(value) === wanted) return ready;
            return waiting(
                `${path} is ${value === undefined ? "not there" : JSON.stringify(value)}${wanted === undefined ? "" : `, not yet ${wanted}`}`,
            );
        };
    }
    throw new Error(`pulumi.com/waitFor: "${expression}" is neither condition=... nor jsonpath=...`);
}

export function waitFor(annotation: string): Check {
    const expressions = annotation.trim().startsWith("[") ? (JSON.parse(annotation) as string[]) : [annotation];
    const all = expressions.map(one);
    return async (object, api) => {
        for (const check of all) {
            const progress = await check(object, api);
            if (progress.state !== "ready") return progress;
        }
        return ready;
    };
}

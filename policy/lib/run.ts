// What one run of the engine gathers over all its rules, to be said once at its end.
import { Exemptions, placeOf } from "./exemptions";
import type { Field } from "./field";

class Run {
    exemptions = new Exemptions();
    private readonly unjudged = new Map<string, Set<string>>();
    private readonly inputs = new Map<string, ReadonlySet<string>>();

    /** A rule about one resource sees what the program has set; a stack rule, later, sees the outputs. */
    sees(urn: string, properties: object): void {
        if (!this.inputs.has(urn)) this.inputs.set(urn, new Set(Object.keys(properties)));
    }

    inputsOf(urn: string): ReadonlySet<string> {
        return this.inputs.get(urn) ?? new Set();
    }

    /** A rule could not judge some values, as they are not known yet. `ownerOf` gives the URN of the resource they belong to. */
    notJudged(rule: string, values: Iterable<Field>, ownerOf: (value: Field) => string): void {
        for (const value of values) {
            const place = `${placeOf(ownerOf(value))} ${value.path}`;
            const rules = this.unjudged.get(place) ?? new Set();
            this.unjudged.set(place, rules.add(rule));
        }
    }

    /** The values that could not be judged, each with the rules that wait for it. */
    waiting(): string[] {
        return [...this.unjudged].map(([place, rules]) => `${place} (${[...rules].join(", ")})`).sort();
    }

    /** Ready for the next analysis, such as the update after its preview. */
    reset(): void {
        this.exemptions = new Exemptions();
        this.unjudged.clear();
        this.inputs.clear();
    }
}

export const run = new Run();

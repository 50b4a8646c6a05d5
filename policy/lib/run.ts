// What one run of the engine gathers over all its rules, to be said once at its end.
import { Exemptions, placeOf } from "./exemptions";

class Run {
    exemptions = new Exemptions();
    private readonly unjudged = new Map<string, Set<string>>();

    /** A rule could not judge a value of a resource, as it is not known yet. */
    notJudged(rule: string, urn: string, paths: Iterable<string>): void {
        for (const path of paths) {
            const place = `${placeOf(urn)} ${path}`;
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
    }
}

export const run = new Run();

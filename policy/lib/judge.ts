// What a rule says of a resource: violations, and what could not be judged as it is not known yet.
import { type Field, UnknownValue } from "./field";

export class Judge {
    readonly violations: string[] = [];
    private readonly said = new Set<string>();
    /** What could not be judged, as a preview does not know it or no rule reads it. */
    readonly unknowns = new Set<Field>();

    /** The field breaks the rule. `problem` says what is wrong and what is allowed; it must not hold a value that may be secret. */
    wrong(field: Field, problem: string): void {
        const violation = field.path ? `${field.path}: ${problem}` : problem;
        // What several pods of an object inherit is judged with each of them.
        if (this.said.has(violation)) return;
        this.said.add(violation);
        this.violations.push(violation);
    }

    /** The field should be there. A patch leaves what it does not have as it is, so there nothing is missing. */
    missing(of: { patch: boolean }, field: Field, problem: string): void {
        if (!of.patch) this.wrong(field, problem);
    }

    /** Runs a part of the rule on its own: a value that is not known ends this part only. */
    part(check: () => void): void {
        try {
            check();
        } catch (error) {
            if (!(error instanceof UnknownValue)) throw error;
            this.unknowns.add(error.field);
        }
    }

    /** Runs a part of the rule for each of `parts` on its own. */
    each<T>(parts: Iterable<T>, check: (part: T) => void): void {
        for (const part of parts) this.part(() => check(part));
    }
}

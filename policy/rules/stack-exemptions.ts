import type { StackRule } from "../lib/rule";
import { run } from "../lib/run";

/** The last of the rules: it closes the run of all of them. */
export const stackExemptions: StackRule = {
    name: "stack-exemptions",
    description: "Every exemption is explained, has not expired, and is still needed.",
    severity: "medium",
    level: "mandatory",
    references: [],
    remediation: "Remove the exemption from the policy configuration, or give it a reason, an owner and a later date.",
    checkStack: (_stack, judge) => {
        const { notices, violations } = run.exemptions.report();
        // What is printed becomes an information of the engine. It is no violation, and there is no other way to say it.
        for (const notice of notices) console.log(`Exemption used: ${notice}`);
        for (const waiting of run.waiting()) console.log(`Not judged: ${waiting}`);
        run.reset();
        for (const violation of violations) judge.wrong(undefined, undefined, violation);
    },
};

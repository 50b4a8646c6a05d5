// Every rule of the pack, in the order of docs/policies.md. The list is all there is to do to add a rule.
import type { Rule } from "./lib/rule";
import { podSecurityPrivileged } from "./rules/pod-security-privileged";
import { stackExemptions } from "./rules/stack-exemptions";

export const rules: readonly Rule[] = [
    podSecurityPrivileged,
    // Closes the run: it stays the last.
    stackExemptions,
];
